import { expect, test } from 'vitest';
import { known, type ComposeService, type StartCommand } from '../../model/index.ts';
import { plainText } from '../../read/documents/interpolation.ts';
import { repositoryOf } from '../../read/memory.ts';
import compose from './compose.ts';

type Texts = Readonly<Record<string, string>>;

const factsIn = (texts: Texts) => [...compose.extract(repositoryOf(texts))];
const servicesIn = (texts: Texts): readonly ComposeService[] =>
  factsIn(texts).filter(fact => fact.kind === 'composeService');
const startsIn = (texts: Texts): readonly StartCommand[] =>
  factsIn(texts).filter(fact => fact.kind === 'startCommand');
const service = (body: string, others: Texts = {}): ComposeService => {
  const [first] = servicesIn({
    'compose.yml': `services:\n  web:\n${body.replace(/^/gm, '    ')}\n`,
    ...others,
  });
  if (!first) throw new Error('there is no service');
  return first;
};

const values = ({ environment }: ComposeService) =>
  Object.fromEntries(Object.entries(environment).map(([name, term]) => [name, plainText(term) ?? term.kind]));

test.each([
  ['environment:\n  A: 1\n  B: "${B:-x}"\n  C:', { A: '1', B: 'x', C: 'env' }],
  ['environment:\n  - A=1\n  - "B=a=b"\n  - C', { A: '1', B: 'a=b', C: 'env' }],
  ['environment:\n  - PASSWORD=a$$b', { PASSWORD: 'a$b' }],
  ['environment: {}', {}],
])('%j', (body, expected) => {
  expect(values(service(body))).toEqual(expected);
});

test('a variable says the line it stands on, and what it comes to', () => {
  expect(service('environment:\n  - SECRET_KEY=${SECRET_KEY:-change-me}').environment).toMatchObject({
    SECRET_KEY: { kind: 'env', name: 'SECRET_KEY', fallback: { value: 'change-me' }, at: { startLine: 4 } },
  });
  expect(service('environment:\n  - SECRET_KEY=${SECRET_KEY:?set it}').environment).toMatchObject({
    SECRET_KEY: { required: true },
  });
});

test.each([
  ['"8000:80"', '0.0.0.0', '8000', 80],
  ['127.0.0.1:5432:5432', '127.0.0.1', '5432', 5432],
  ['80', '0.0.0.0', '', 80],
  ['"${PORT:-8000}:8000"', '0.0.0.0', '8000', 8000],
  ['"${PORT}:8000/tcp"', '0.0.0.0', undefined, 8000],
  ['"[::1]:80:80"', '[::1]', '80', 80],
  ['{target: 80, published: 8080, host_ip: 127.0.0.1}', '127.0.0.1', '8080', 80],
])('port %s', (text, address, host, container) => {
  const [port] = service(`ports:\n  - ${text}`).ports;
  expect(port && [known(port.address), known(port.host), known(port.container)]).toEqual([
    address,
    host,
    container,
  ]);
});

test.each([
  ['./src:/app', { type: 'bind', source: 'src', target: '/app', inRepository: 'yes' }],
  ['.:/app:ro', { type: 'bind', source: '', target: '/app', readOnly: true, inRepository: 'yes' }],
  ['data:/var/lib', { type: 'volume', source: 'data', inRepository: 'no' }],
  [
    '/var/run/docker.sock:/var/run/docker.sock',
    { type: 'bind', source: '/var/run/docker.sock', inRepository: 'no' },
  ],
  ['/app/node_modules', { type: 'anonymous', target: '/app/node_modules' }],
  [
    '{type: bind, source: ./src, target: /x, read_only: true}',
    { type: 'bind', source: 'src', readOnly: true },
  ],
  ['{type: tmpfs, target: /tmp}', { type: 'tmpfs' }],
  ['./missing:/x', { inRepository: 'no' }],
])('volume %s', (text, expected) => {
  expect(service(`volumes:\n  - ${text}`, { 'src/app.py': '' }).volumes).toMatchObject([expected]);
});

test('long and short forms of the rest', () => {
  const web = service(
    'build: ./web\nimage: shop/web:1.2\ndepends_on: [db]\nenv_file: .env\nhealthcheck:\n  test: ["CMD", "curl", "-f", "http://localhost/"]\n  interval: 10s\nrestart: always\ndeploy:\n  replicas: 3\n  resources:\n    limits: {memory: 512M, cpus: "0.5"}\nuser: "1000"\nstop_grace_period: 1m\nprofiles: [full]',
    { 'web/Dockerfile': 'FROM python:3.11', '.env': 'A=1' },
  );
  expect(web).toMatchObject({
    role: 'app',
    build: { context: { value: 'web' }, dockerfile: { value: 'web/Dockerfile' }, image: 'web/Dockerfile' },
    image: { name: { value: 'shop/web' }, tag: { value: '1.2' } },
    dependsOn: [{ name: 'db', condition: 'service_started' }],
    envFiles: [{ path: { value: '.env' }, exists: 'yes', required: true }],
    healthcheck: { commands: [['curl', '-f', 'http://localhost/']], interval: { value: 10 }, form: 'exec' },
    restart: { value: 'always' },
    replicas: { value: 3 },
    limits: { memory: { value: '512M' }, cpus: { value: '0.5' } },
    user: '1000',
    stopGracePeriod: { value: 60 },
    profiles: ['full'],
  });
});

test.each([
  ['postgres:16-alpine', 'database', 'postgres'],
  ['bitnami/redis', 'cache', 'redis'],
  ['mcr.microsoft.com/mssql/server:2022-latest', 'database', 'mssql'],
  ['docker.elastic.co/elasticsearch/elasticsearch:8.1', 'search', 'elasticsearch'],
  ['opensearchproject/opensearch', 'search', 'opensearch'],
  ['dpage/pgadmin4', 'admin-tool', 'pgadmin'],
  ['adminer', 'admin-tool', 'adminer'],
  ['rabbitmq:3-management', 'queue', 'rabbitmq'],
  ['nginx:alpine', 'proxy', 'nginx'],
  ['traefik:v3', 'proxy', 'traefik'],
  ['ghcr.io/shop/web:${TAG}', 'other', ''],
])('%s is a %s', (image, role, software) => {
  expect(service(`image: ${image}`)).toMatchObject({ role, software });
});

const BASE =
  'services:\n  web:\n    build: .\n    environment:\n      - FLASK_ENV=development\n      - KEPT=1\n    ports: ["5000:5000"]\n    volumes: [".:/app"]\n';

test('a production file without image or build is merged over the main one', () => {
  const [production, alone] = servicesIn({
    'docker-compose.yml': BASE,
    'docker-compose.prod.yml':
      'services:\n  web:\n    command: gunicorn app:app\n    environment:\n      FLASK_ENV: production\n    ports: !reset []\n    volumes: !override ["data:/data"]\n',
    Dockerfile: 'FROM python:3.11',
  });
  expect(production).toMatchObject({
    stage: 'production',
    files: ['docker-compose.yml', 'docker-compose.prod.yml'],
    ports: [],
    build: { image: 'Dockerfile' },
  });
  expect(production && values(production)).toEqual({ FLASK_ENV: 'production', KEPT: '1' });
  expect(production?.volumes.map(({ source }) => source)).toEqual(['data']);
  expect(production?.environment.FLASK_ENV?.at).toMatchObject({
    path: 'docker-compose.prod.yml',
    startLine: 5,
  });
  expect(alone).toMatchObject({ stage: 'development', files: ['docker-compose.yml'] });
});

test('a production file that is complete stands alone, unless something merges it', () => {
  const files = {
    'compose.yml': BASE,
    'compose.prod.yml': 'services:\n  web:\n    image: shop:1.0\n',
    Dockerfile: 'FROM x',
  };
  expect(servicesIn(files)[0]).toMatchObject({ files: ['compose.prod.yml'], build: undefined });
  const merged = { ...files, 'README.md': 'docker compose -f compose.yml -f compose.prod.yml up -d\n' };
  expect(servicesIn(merged)[0]).toMatchObject({ files: ['compose.yml', 'compose.prod.yml'] });
});

test('an override file is for development; the main file is judged by what it does', () => {
  const stages = (texts: Texts) => servicesIn(texts).map(({ stage, files }) => `${stage} ${files.length}`);
  const main = 'services:\n  web:\n    build: .\n    restart: always\n';
  expect(
    stages({ 'compose.yml': main, 'compose.override.yml': 'services:\n  web:\n    ports: ["1:1"]\n' }),
  ).toEqual(['production 1', 'development 2']);
  expect(stages({ 'compose.yml': BASE })).toEqual(['development 1']);
  expect(stages({ 'compose.yml': 'services:\n  web:\n    build: .\n' })).toEqual(['unclear 1']);
  expect(stages({ 'docker-compose.dev.yml': main })).toEqual(['development 1']);
});

test('services extend others, in other files too', () => {
  const [web] = servicesIn({
    'compose.yml':
      'services:\n  web:\n    extends: {file: common.yml, service: base}\n    environment: {B: 2}\n',
    'common.yml': 'services:\n  base:\n    image: shop:1\n    environment: {A: 1, B: 1}\n',
  });
  expect(web && values(web)).toEqual({ A: '1', B: '2' });
  expect(
    servicesIn({ 'compose.yml': 'services:\n  a:\n    extends: b\n  b:\n    extends: a\n' }),
  ).toHaveLength(2);
});

const IMAGE = {
  Dockerfile:
    'FROM python:3.11\nWORKDIR /app\nENV A=image B=image C=image\nENTRYPOINT ["/entry.sh"]\nCMD ["python", "app.py"]',
};

test.each([
  ['build: .', [['/entry.sh', 'python', 'app.py']]],
  ['build: .\ncommand: gunicorn app:app', [['/entry.sh', 'gunicorn', 'app:app']]],
  ['build: .\nentrypoint: ["python"]', [['python']]],
  ['build: .\nentrypoint: []\ncommand: flask run', [['flask', 'run']]],
  [
    'build: .\nentrypoint: ""\ncommand: sh -c "flask db upgrade && gunicorn app:app"',
    [
      ['flask', 'db', 'upgrade'],
      ['gunicorn', 'app:app'],
    ],
  ],
  [
    'build: .\nentrypoint: >\n  bash -c "python a.py &&\n           flask run"',
    [
      ['python', 'a.py'],
      ['flask', 'run'],
    ],
  ],
  ['build: .\nentrypoint: []\ncommand: cd src && python app.py', [['cd', 'src', '&&', 'python', 'app.py']]],
])('%j starts %j', (body, commands) => {
  const [start] = startsIn({
    'compose.yml': `services:\n  web:\n${body.replace(/^/gm, '    ')}\n`,
    ...IMAGE,
  });
  expect(start).toMatchObject({
    source: 'compose',
    name: 'web',
    image: 'Dockerfile',
    workdir: '/app',
    commands,
  });
});

test('the environment is that of the image, then env files, then the compose file', () => {
  const [start] = startsIn({
    'compose.yml': 'services:\n  web:\n    build: .\n    env_file: [.env]\n    environment: {C: compose}\n',
    '.env': 'B=file\nC=file\n',
    ...IMAGE,
  });
  expect(
    Object.entries(start?.environment ?? {}).map(([name, term]) => `${name}=${plainText(term) ?? ''}`),
  ).toEqual(['A=image', 'B=file', 'C=compose']);
  expect(start?.environment.B?.at.path).toBe('.env');
});

test('a worker on the image that another service builds is built here too', () => {
  const services = servicesIn({
    'compose.yml':
      'services:\n  web: {build: ., image: shop}\n  worker: {image: shop, command: celery -A shop worker}\n',
    ...IMAGE,
  });
  expect(services.map(({ role }) => role)).toEqual(['app', 'app']);
});

test('what is no compose file says nothing', () => {
  for (const text of [
    '',
    '- a\n',
    'services: 5\n',
    'services:\n  web: 5\n',
    'a: "open\n',
    '['.repeat(10_000),
  ])
    expect(factsIn({ 'compose.yml': text })).toEqual([]);
});
