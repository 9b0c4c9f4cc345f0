import { expect, test } from 'vitest';
import { hasProgram, known, sourcesAt, type Image, type StartCommand } from '../../model/index.ts';
import { plainText } from '../../read/documents/interpolation.ts';
import { repositoryOf } from '../../read/memory.ts';
import dockerfile from './dockerfile.ts';

type Texts = Readonly<Record<string, string>>;

const factsIn = (texts: Texts) => [...dockerfile.extract(repositoryOf(texts))];
const imagesIn = (texts: Texts): readonly Image[] => factsIn(texts).filter(fact => fact.kind === 'image');
const imageIn = (text: string, others: Texts = {}): Image => {
  const [image] = imagesIn({ Dockerfile: text, ...others });
  if (!image) throw new Error('there is no image');
  return image;
};
const startsIn = (text: string): readonly StartCommand[] =>
  factsIn({ Dockerfile: text }).filter(fact => fact.kind === 'startCommand');

test.each([
  ['FROM python:3.11-slim', 'python', '3.11-slim'],
  ['FROM python', 'python', 'latest'],
  ['ARG PY=3.12\nFROM python:${PY}-slim', 'python', '3.12-slim'],
  ['ARG PY\nFROM python:${PY:-3.10}', 'python', '3.10'],
  ['FROM --platform=linux/amd64 docker.io/library/python:3.11 AS x', 'python', '3.11'],
  ['FROM registry:5000/team/shop:1.2', 'registry:5000/team/shop', '1.2'],
  ['FROM python:3.11 AS base\nFROM base AS web\nFROM web', 'python', '3.11'],
])('%j begins from %s %s', (text, name, tag) => {
  const { base } = imageIn(text);
  expect([known(base.name), known(base.tag)]).toEqual([name, tag]);
});

test('what a build argument without default decides is unclear, what it does not is known', () => {
  const { base } = imageIn('ARG PY\nFROM python:$PY');
  expect(base).toMatchObject({ name: { state: 'stated', value: 'python' }, tag: { state: 'unclear' } });
  expect(imageIn('FROM x@sha256:abc').base.digest).toBe('sha256:abc');
});

test('variables go through ENV and ARG; a stage hands on its ENV and not its ARG', () => {
  const { environment, workdir, ports, user } = imageIn(
    'FROM python:3.11 AS base\nARG A=1\nENV HOME_DIR=/srv PORT=8000\nENV APP_DIR=${HOME_DIR}/app X=$A\nFROM base\nENV Y=${A:-none}\nWORKDIR $APP_DIR\nWORKDIR sub\nEXPOSE $PORT 9000/udp 7000-7002\nUSER "shop:shop"',
  );
  const text = Object.fromEntries(Object.entries(environment).map(([name, term]) => [name, plainText(term)]));
  expect(text).toEqual({ HOME_DIR: '/srv', PORT: '8000', APP_DIR: '/srv/app', X: '1', Y: 'none' });
  expect(known(workdir.value)).toBe('/srv/app/sub');
  expect(ports.map(({ port }) => known(port))).toEqual([8000, 9000, 7000, 7001, 7002]);
  expect(known(user.value)).toBe('shop');
});

test('without USER the user is that of the base, where the base is known', () => {
  expect(imageIn('FROM python:3.11').user.value).toEqual({ state: 'default', value: 'root' });
  expect(imageIn('FROM gcr.io/distroless/python3:nonroot').user.value).toMatchObject({ value: 'nonroot' });
  expect(imageIn('FROM company/base:1').user.value.state).toBe('unclear');
});

const TREE: Texts = {
  'app.py': '',
  'src/shop/__init__.py': '',
  'requirements.txt': '',
  'package.json': '{}',
  'package-lock.json': '{}',
};

test.each([
  ['WORKDIR /app\nCOPY . .', '/app/src/shop', ['src/shop']],
  ['WORKDIR /app\nCOPY app.py .', '/app/app.py', ['app.py']],
  ['WORKDIR /app\nCOPY app.py /app', '/app/app.py', ['app.py']],
  ['COPY app.py /main.py', '/main.py', ['app.py']],
  ['COPY src /code', '/code/shop', ['src/shop']],
  ['COPY ["app.py", "requirements.txt", "/srv/"]', '/srv/requirements.txt', ['requirements.txt']],
  ['WORKDIR /app\nCOPY package*.json ./', '/app/package-lock.json', ['package-lock.json']],
  ['WORKDIR /app\nCOPY src/ ./src/', '/app/src/shop/__init__.py', ['src/shop/__init__.py']],
  ['WORKDIR /app\nCOPY app.py .', '/app/other.py', []],
])('%j has at %s: %j', (text, path, sources) => {
  expect(sourcesAt(imageIn(`FROM python:3.11\n${text}`, TREE), path)).toEqual(sources);
});

test('contents are followed through stages', () => {
  const image = imageIn(
    'FROM python:3.11 AS build\nWORKDIR /build\nCOPY src ./src\nFROM python:3.11\nCOPY --from=build /build/src/shop /srv/shop\nCOPY --from=build /build /all',
    TREE,
  );
  expect(sourcesAt(image, '/srv/shop/__init__.py')).toEqual(['src/shop/__init__.py']);
  expect(sourcesAt(image, '/all/src/shop')).toEqual(['src/shop']);
  expect(image.copies[0]?.from).toEqual({ kind: 'stage', index: 0, name: 'build' });
});

test('COPY --from names a stage, an image, or nothing that is known', () => {
  const { copies } = imageIn(
    'FROM x AS a\nFROM x\nCOPY --from=0 /a /a\nCOPY --from=ghcr.io/astral-sh/uv:1 /uv /bin/\nCOPY --from=biulder /a /b',
  );
  expect(copies.map(({ from }) => from.kind)).toEqual(['stage', 'image', 'unknown-stage']);
});

test.each([
  ['FROM python:3.11-slim', 'curl', 'no'],
  ['FROM python:3.11', 'curl', 'yes'],
  ['FROM python:3.11-alpine', 'wget', 'yes'],
  ['FROM python:3.11-alpine', 'curl', 'no'],
  ['FROM company/base:1', 'curl', 'unclear'],
  [
    'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl=7.* \\\n  git',
    'curl',
    'yes',
  ],
  ['FROM python:3.11-slim\nRUN apt-get install -y curl && apt-get purge -y curl', 'curl', 'no'],
  ['FROM python:3.11-alpine\nRUN apk add --no-cache --virtual .build postgresql-client', 'pg_isready', 'yes'],
  ['FROM python:3.11-slim AS a\nRUN apt-get install -y curl\nFROM python:3.11-slim', 'curl', 'no'],
  ['FROM python:3.11-slim\nRUN pip install --no-cache-dir gunicorn==21.2', 'gunicorn', 'yes'],
  ['FROM node:20\nRUN npm install -g pm2@5', 'pm2', 'yes'],
  ['FROM python:3.11-slim\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/', 'uv', 'yes'],
  ['FROM gcr.io/distroless/python3', 'sh', 'no'],
  ['FROM python:3.11-slim\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF', 'curl', 'yes'],
  ['FROM python:3.11-slim\nRUN bash -c "apt-get update && apt-get install -y curl"', 'curl', 'yes'],
])('%j has %s: %s', (text, name, expected) => {
  expect(hasProgram(imageIn(text), name)).toBe(expected);
});

test('packages of the user root reach another stage with their place and their manifest', () => {
  const { installs } = imageIn(
    'FROM python:3.11 AS build\nCOPY deploy/requirements.txt .\nRUN pip install --user -r requirements.txt\nRUN pip install black\nFROM python:3.11-slim\nCOPY --from=build /root/.local /home/shop/.local\nUSER shop',
    { 'deploy/requirements.txt': 'flask' },
  );
  expect(installs).toMatchObject([
    {
      into: '/home/shop/.local',
      present: 'yes',
      user: 'root',
      what: [{ kind: 'manifest', path: 'deploy/requirements.txt' }],
    },
    { present: 'no', what: [{ kind: 'package', name: 'black' }] },
  ]);
});

test.each([
  [
    'RUN python -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nRUN pip install flask',
    'pip',
    '/opt/venv',
    false,
  ],
  ['RUN python -m venv venv && . venv/bin/activate && pip install flask', 'pip', '/venv', false],
  ['RUN /opt/venv/bin/pip install flask', 'pip', '/opt/venv', false],
  ['RUN pip install --target=/deps flask', 'pip', '/deps', false],
  ['WORKDIR /app\nRUN uv sync --frozen --no-dev', 'uv', '/app/.venv', true],
  ['RUN uv pip install --system flask', 'uv', '', false],
  ['RUN poetry config virtualenvs.create false && poetry install --only main', 'poetry', '', true],
  ['RUN pipenv install --system --deploy', 'pipenv', '', true],
  ['WORKDIR /app\nRUN npm ci --omit=dev', 'npm', '/app/node_modules', true],
  ['WORKDIR /app\nRUN yarn install --frozen-lockfile', 'yarn', '/app/node_modules', true],
  ['RUN pip install --require-hashes -r requirements.txt', 'pip', '', true],
])('%j installs with %s into %s, locked %s', (text, tool, into, locked) => {
  const install = imageIn(`FROM python:3.11\n${text}`).installs.at(-1);
  expect(install).toMatchObject({ tool, into, locked });
});

test.each([
  ['CMD ["gunicorn", "app:app"]', 'exec', [['gunicorn', 'app:app']]],
  ['CMD gunicorn app:app', 'shell', [['gunicorn', 'app:app']]],
  ['CMD exec gunicorn app:app', 'shell', [['exec', 'gunicorn', 'app:app']]],
  [
    'CMD cd src && python app.py',
    'shell',
    [
      ['cd', 'src'],
      ['python', 'app.py'],
    ],
  ],
  [
    'CMD ["sh", "-c", "flask db upgrade && gunicorn -b :$PORT app:app"]',
    'shell',
    [
      ['flask', 'db', 'upgrade'],
      ['gunicorn', '-b', ':$PORT', 'app:app'],
    ],
  ],
  ["CMD ['python', 'app.py']", 'shell', [['[python,', 'app.py]']]],
  ['ENTRYPOINT ["python"]\nCMD ["app.py"]', 'exec', [['python', 'app.py']]],
  [
    'ENTRYPOINT ["/entry.sh"]\nCMD gunicorn app:app',
    'exec',
    [['/entry.sh', '/bin/sh', '-c', 'gunicorn app:app']],
  ],
  ['ENTRYPOINT python app.py\nCMD ["ignored"]', 'shell', [['python', 'app.py']]],
  ['ENTRYPOINT ["sh", "-c"]\nCMD ["python app.py"]', 'shell', [['python', 'app.py']]],
  ['CMD ["python", "a.py"]\nCMD ["python", "b.py"]', 'exec', [['python', 'b.py']]],
])('%j starts as %s', (text, form, commands) => {
  expect(startsIn(`FROM python:3.11\nWORKDIR /app\n${text}`)).toMatchObject([
    { form, commands, workdir: '/app', image: 'Dockerfile' },
  ]);
});

test('a later stage keeps the command of the one it begins from, unless it has an entry point', () => {
  expect(startsIn('FROM x AS a\nCMD ["a"]\nFROM a')).toMatchObject([{ commands: [['a']] }]);
  expect(startsIn('FROM x AS a\nCMD ["a"]\nFROM a\nENTRYPOINT ["b"]')).toMatchObject([{ commands: [['b']] }]);
});

test('a health check says what it runs and how often', () => {
  const { healthcheck } = imageIn(
    'FROM x\nHEALTHCHECK --interval=1m30s --retries=5 \\\n  CMD curl -f http://localhost:8000/health || exit 1',
  );
  expect(healthcheck).toMatchObject({
    commands: [
      ['curl', '-f', 'http://localhost:8000/health'],
      ['exit', '1'],
    ],
    interval: { state: 'stated', value: 90 },
    timeout: { state: 'default', value: 30 },
    retries: { value: 5 },
    form: 'shell',
    at: { startLine: 2, endLine: 3 },
  });
  expect(imageIn('FROM x\nHEALTHCHECK NONE').healthcheck?.disabled).toBe(true);
});

test('the context is what compose or a build command says, else where the sources are', () => {
  const text = 'FROM python:3.11\nCOPY src /app\nCOPY requirements.txt .';
  const tree = { ...TREE, 'deploy/Dockerfile': text };
  const context = (texts: Texts) => imagesIn(texts)[0]?.context;
  expect(context(tree)).toEqual({ state: 'default', value: '' });
  expect(
    context({ ...tree, Makefile: 'build:\n\tdocker build -t shop \\\n\t  -f deploy/Dockerfile src\n' }),
  ).toEqual({ state: 'stated', value: 'src' });
  expect(
    context({
      ...tree,
      'deploy/compose.yml':
        'services:\n  web:\n    build:\n      context: ..\n      dockerfile: deploy/Dockerfile\n',
    }),
  ).toEqual({ state: 'stated', value: '' });
});

test('a stage that compose names is an image of its own', () => {
  const images = imagesIn({
    Dockerfile:
      'FROM python:3.11 AS base\nFROM base AS dev\nCMD ["flask", "run"]\nFROM base AS prod\nCMD ["gunicorn", "a:b"]',
    'compose.yml': 'services:\n  web:\n    build:\n      context: .\n      target: dev\n',
  });
  expect(images.map(({ id, isFinal, stage }) => [id, isFinal, stage])).toEqual([
    ['Dockerfile', true, 'prod'],
    ['Dockerfile#dev', false, 'dev'],
  ]);
});

test('hostile files are no images, and do no harm', () => {
  expect(
    factsIn({
      Dockerfile: '\0\0\0',
      'a/Dockerfile': '',
      'b/Dockerfile': `FROM x\nCOPY ${'a '.repeat(20_000)} /\n`,
    }),
  ).toHaveLength(1);
  expect(
    factsIn({
      Dockerfile: 'FROM a AS a\nFROM a AS b\nFROM b AS a\nFROM a\nCOPY --from=a / /\nCOPY --from=b / /',
    }),
  ).toHaveLength(1);
});

test('stages that copy each other again and again take no time', () => {
  const stages = Array.from(
    { length: 50 },
    (_, index) =>
      `FROM x AS s${index}\nCOPY . /\nRUN pip install flask\n${`COPY --from=s${index - 1} / /a/\n`.repeat(2)}`,
  );
  expect(factsIn({ Dockerfile: stages.join('') })).toHaveLength(1);
  expect(factsIn({ Dockerfile: 'FROM x\n'.repeat(1_000) })).toHaveLength(0);
});
