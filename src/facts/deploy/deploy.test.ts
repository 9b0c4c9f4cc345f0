import { expect, test } from 'vitest';
import type { Fact, StartCommand } from '../../model/index.ts';
import { plainText } from '../../read/documents/interpolation.ts';
import { repositoryOf } from '../../read/memory.ts';
import kubernetes from './kubernetes.ts';
import platformFiles from './platform-files.ts';
import proxies from './proxies.ts';
import supervisor from './supervisor.ts';
import systemd from './systemd.ts';

type Texts = Readonly<Record<string, string>>;

const extractors = [kubernetes, platformFiles, proxies, supervisor, systemd];
const factsIn = (texts: Texts): readonly Fact[] => {
  const repository = repositoryOf(texts);
  return extractors.flatMap(extractor => [...extractor.extract(repository)] as readonly Fact[]);
};
const ofKind = <K extends Fact['kind']>(texts: Texts, kind: K) =>
  factsIn(texts).filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
const startsIn = (texts: Texts): readonly StartCommand[] => ofKind(texts, 'startCommand');

const POD = `      containers:
        - name: web
          image: registry/shop-web:1.2
          args: ["gunicorn", "-b", "$(HOST):8000", "shop:app"]
          ports: [{name: http, containerPort: 8000}]
          env:
            - {name: HOST, value: "0.0.0.0"}
            - name: SECRET_KEY
              valueFrom: {secretKeyRef: {name: shop, key: key}}
            - name: DB_HOST
              valueFrom: {configMapKeyRef: {name: shop, key: db}}
            - {name: URL, value: "http://$(HOST)"}
          envFrom:
            - configMapRef: {name: shop}
          livenessProbe: {httpGet: {path: /livez, port: http}, periodSeconds: 5}
          resources: {limits: {memory: 256Mi}, requests: {cpu: 100m}}
          securityContext: {runAsNonRoot: true, capabilities: {drop: [ALL]}}
          volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: shop-data}}]
`;
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  template:
    spec:
${POD}`;
const CONFIG =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata:\n  db: postgres\n  LOG_LEVEL: info\n';

test('a container with all that is said of it', () => {
  const [web] = ofKind({ 'k8s/web.yaml': DEPLOYMENT, 'k8s/config.yaml': CONFIG }, 'workload');
  expect(web).toMatchObject({
    object: 'Deployment',
    name: 'web',
    image: { name: { value: 'registry/shop-web' }, tag: { value: '1.2' } },
    replicas: { value: 3 },
    ports: [{ name: 'http', port: { value: 8000 } }],
    liveness: {
      asks: { kind: 'http', path: { value: '/livez' }, port: { value: 'http' } },
      period: { value: 5 },
      timeout: { state: 'default', value: 1 },
    },
    readiness: undefined,
    resources: { memoryLimit: { value: '256Mi' }, cpuRequest: { value: '100m' }, memoryRequest: undefined },
    security: {
      runAsNonRoot: 'yes',
      allowsPrivilegeEscalation: 'yes',
      readOnlyRoot: 'no',
      dropsCapabilities: ['ALL'],
    },
    volumes: [{ path: '/data', source: 'claim', of: 'shop-data' }],
    environmentOpen: false,
  });
  const said = web?.environment.map(
    ({ name, value, from }) => `${name}:${from.kind}:${plainText(value) ?? value.kind}`,
  );
  expect(said).toEqual([
    'db:config-map:postgres',
    'LOG_LEVEL:config-map:info',
    'HOST:literal:0.0.0.0',
    'SECRET_KEY:secret:unclear',
    'DB_HOST:config-map:postgres',
    'URL:literal:text',
  ]);
  expect(web?.environment.find(({ name }) => name === 'DB_HOST')?.value.at).toMatchObject({
    path: 'k8s/config.yaml',
    startLine: 5,
  });
});

test('it starts its image with its own arguments', () => {
  const image = {
    Dockerfile: 'FROM python:3.11\nWORKDIR /app\nENV A=1\nENTRYPOINT ["/entry.sh"]\nCMD ["python", "app.py"]',
  };
  expect(startsIn({ 'k8s/web.yaml': DEPLOYMENT, ...image })).toMatchObject([
    {
      source: 'kubernetes',
      image: 'Dockerfile',
      workdir: '/app',
      commands: [['/entry.sh', 'gunicorn', '-b', '$(HOST):8000', 'shop:app']],
      environment: { A: { value: '1' } },
    },
  ]);
  const command = DEPLOYMENT.replace(
    'args: ["gunicorn", "-b", "$(HOST):8000", "shop:app"]',
    'command: ["python"]',
  );
  expect(startsIn({ 'k8s/web.yaml': command, ...image })).toMatchObject([{ commands: [['python']] }]);
});

test('a container beside one that is built here is not built here for the name of their object', () => {
  const files = {
    'web/Dockerfile': 'FROM python:3.11\nCMD ["python"]',
    'api/Dockerfile': 'FROM python:3.11\nCMD ["python"]',
  };
  const built = (pod: string) =>
    ofKind(
      { ...files, 'k8s/web.yaml': DEPLOYMENT.replace(POD, `      containers:\n${pod}`) },
      'workload',
    ).map(({ builtBy }) => builtBy);
  const proxy = '        - {name: proxy, image: "sql-proxy:2"}\n';
  expect(built(`        - {name: web, image: "shop-web:2"}\n${proxy}`)).toEqual(['web/Dockerfile', '']);
  expect(built('        - {name: main, image: "shop:2"}\n')).toEqual(['web/Dockerfile']);
});

test('what a template adds to a container may be its variables', () => {
  const web = (more: string) =>
    ofKind(
      {
        'chart/Chart.yaml': 'name: shop\n',
        'chart/templates/web.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: shop:1\n${more}`,
      },
      'workload',
    ).map(({ environmentOpen }) => environmentOpen);
  expect(web('          {{- include "shop.environment" . | nindent 10 }}\n')).toEqual([true]);
  expect(web('')).toEqual([false]);
});

test('of several images that run, the only one that is built here is the one that is called so', () => {
  const object = (name: string, image: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ${image}\n`;
  const built = (...images: readonly string[]) =>
    ofKind(
      {
        Dockerfile: 'FROM python:3.11\nCMD ["python"]',
        'chart/Chart.yaml': 'name: shop\n',
        ...Object.fromEntries(
          images.map((image, n) => [`chart/templates/${n}.yaml`, object(`part${n}`, image)]),
        ),
      },
      'workload',
    ).map(({ builtBy }) => builtBy !== '');
  expect(built('team/anything:1')).toEqual([true]);
  expect(built('team/anything:1', 'redis:7', 'prom/prometheus:v3')).toEqual([true, false, false]);
  expect(built('team/anything:1', 'team/anything:2')).toEqual([true, true]);
  expect(built('team/backend:1', 'vendor/cube:1')).toEqual([true, false]);
  expect(built('team/search:1', 'vendor/cube:1')).toEqual([false, false]);
  expect(
    built(
      '{{ include "shop.deploymentImage" . }}',
      '{{ include "shop.hubImage" . }}',
      '{{ .Values.cube.image.repository }}',
    ),
  ).toEqual([true, false, false]);
  expect(
    built('"{{ .Values.image.repository }}:{{ .Values.image.tag }}"', '{{ .Values.hub.image }}'),
  ).toEqual([true, false]);
});

test('a Helm template takes the values of its chart', () => {
  const [web] = ofKind(
    {
      'chart/Chart.yaml': 'name: shop\n',
      'chart/values.yaml':
        'image:\n  name: shop\n  tag: "2.0"\nreplicas: 2\nresources:\n  limits:\n    memory: 1Gi\n',
      'chart/templates/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}-web\nspec:\n  replicas: {{ .Values.replicas }}\n  template:\n    spec:\n      containers:\n        - name: web\n          image: "{{ .Values.image.name }}:{{ .Values.image.tag | default "latest" }}"\n          resources:\n            {{- toYaml .Values.resources | nindent 12 }}\n          env:\n            {{- toYaml .Values.env | nindent 12 }}\n',
    },
    'workload',
  );
  expect(web).toMatchObject({
    templated: true,
    replicas: { state: 'stated', value: 2 },
    image: { name: { value: 'shop' }, tag: { value: '2.0' } },
    resources: { memoryLimit: { value: '1Gi' } },
    environmentOpen: true,
  });
});

test('a rendered chart takes the place of its templates, and its places are theirs', () => {
  const meta = (name: string) => `apiVersion: apps/v1\nkind: ${name}\nmetadata:\n`;
  const repository = repositoryOf(
    {
      'chart/Chart.yaml': 'name: shop\n',
      'chart/values.yaml': 'image: {name: old}\n',
      'chart/templates/web.yaml': `${meta('Deployment')}  name: {{ .Release.Name }}-web
spec:
  template:
    spec:
      containers:
        {{- range .Values.containers }}
        - name: {{ .name }}
          image: {{ .image | quote }}
          resources:
            {{- toYaml .resources | nindent 12 }}
        {{- end }}
      volumes: []
`,
      'chart/templates/all.yaml': '{{ include "all" . }}\n',
      'chart/templates/off.yaml': `{{ if .Values.on }}\n${meta('Ingress')}  name: off\n{{ end }}\n`,
      'chart/templates/tests/test.yaml': `${meta('Pod')}  name: test\n`,
      'chart/crds/x.yaml': `${meta('CustomResourceDefinition')}  name: plain\n`,
    },
    'shop',
    'yes',
    [
      {
        folder: 'chart',
        documents: [
          {
            path: 'chart/templates/web.yaml',
            text: `${meta('Deployment')}  name: release-web
  namespace: default
spec:
  template:
    spec:
      containers:
        - name: web
          image: "shop:2.0"
          resources:
            limits:
              memory: 1Gi
        - name: proxy
          image: "envoy:1"
          resources:
            {}
      volumes: []
`,
          },
          {
            path: 'chart/templates/all.yaml',
            text: `${meta('Secret')}  name: made\nstringData:\n  key: "x{{ y }}"\n`,
          },
          { path: 'chart/templates/all.yaml', text: `${meta('ConfigMap')}  name: said\n  namespace: own\n` },
          { path: 'chart/templates/tests/test.yaml', text: `${meta('Pod')}  name: test\n` },
          { path: 'chart/templates/gone.yaml', text: `${meta('Pod')}  name: gone\n` },
        ],
      },
    ],
  );
  const facts = [...kubernetes.extract(repository)] as readonly Fact[];
  const said = facts.map(fact =>
    fact.kind === 'workload'
      ? [fact.name, fact.namespace, fact.container, fact.templated, fact.image.tag, fact.resources.memoryLimit, fact.at.startLine, fact.at.endLine, fact.objectAt.endLine] // prettier-ignore
      : fact.kind === 'kubernetesObject'
        ? [fact.name, fact.namespace, fact.type, fact.templated, fact.at.startLine]
        : [fact.kind],
  );
  const stated = (value: string, line: number) =>
    expect.objectContaining({ value, ...(line > 0 ? { state: 'stated' } : {}) }) as unknown;
  expect(said).toEqual([
    ['plain', '', 'CustomResourceDefinition', false, 1],
    ['made', '', 'Secret', true, 1],
    ['said', 'own', 'ConfigMap', false, 1],
    ['release-web', '', 'web', false, stated('2.0', 1), stated('1Gi', 0), 10, 12, 15],
    ['release-web', '', 'proxy', false, stated('1', 1), undefined, 10, 12, 15],
  ]);
});

test('the objects around workloads', () => {
  const objects = ofKind(
    {
      'k8s/all.yaml': [
        'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: 80, targetPort: http}]\n',
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  tls: [{hosts: [shop.example]}]\n  rules: [{host: shop.example, http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}]}}]\n',
        'apiVersion: v1\nkind: Secret\nmetadata: {name: shop}\ndata: {key: aGVsbG8=}\nstringData: {other: plain}\n',
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {name: web}, minReplicas: 2, maxReplicas: 5}\n',
        'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}}\n',
      ].join('---\n'),
    },
    'kubernetesObject',
  );
  expect(objects.map(({ about }) => about)).toMatchObject([
    {
      kind: 'service',
      type: { state: 'default', value: 'ClusterIP' },
      ports: [{ target: { value: 'http' } }],
    },
    {
      kind: 'ingress',
      hasTls: true,
      tlsHosts: ['shop.example'],
      rules: [{ service: 'web', port: { value: '80' } }],
    },
    {
      kind: 'values',
      secret: true,
      entries: [
        { key: 'key', value: { value: 'hello' } },
        { key: 'other', value: { value: 'plain' } },
      ],
    },
    { kind: 'autoscaler', target: 'web', min: { value: 2 }, max: { value: 5 } },
    { kind: 'disruption-budget', selector: { app: 'web' } },
  ]);
});

test.each<[string, Texts, readonly object[]]>([
  [
    'Procfile',
    { Procfile: 'release: flask db upgrade\nweb: cd src && gunicorn shop:app --bind 0.0.0.0:$PORT\n' },
    [
      { source: 'procfile', name: 'release', commands: [['flask', 'db', 'upgrade']] },
      {
        source: 'procfile',
        name: 'web',
        commands: [
          ['cd', 'src'],
          ['gunicorn', 'shop:app', '--bind', '0.0.0.0:$PORT'],
        ],
        at: { startLine: 2 },
      },
    ],
  ],
  [
    'fly with the command of its image',
    {
      'fly.toml':
        'app = "shop"\n[env]\n  PORT = "8080"\n[http_service]\n  internal_port = 8080\n  force_https = true\n',
      Dockerfile: 'FROM python:3.11\nCMD ["gunicorn", "shop:app"]',
    },
    [
      {
        source: 'platform',
        image: 'Dockerfile',
        commands: [['gunicorn', 'shop:app']],
        environment: { PORT: { value: '8080' } },
      },
    ],
  ],
  [
    'render',
    {
      'render.yaml':
        'services:\n  - type: web\n    name: shop\n    startCommand: gunicorn shop:app\n    envVars:\n      - {key: A, value: "1"}\n      - {key: SECRET_KEY, generateValue: true}\n',
    },
    [
      {
        source: 'platform',
        name: 'web',
        commands: [['gunicorn', 'shop:app']],
        environment: { A: { value: '1' } },
      },
    ],
  ],
  [
    'railway',
    {
      'railway.json':
        '{"deploy": {"startCommand": "uvicorn main:app --port $PORT", "healthcheckPath": "/health"}}',
    },
    [{ commands: [['uvicorn', 'main:app', '--port', '$PORT']] }],
  ],
  [
    'replit',
    { '.replit': 'run = "python main.py"\n[deployment]\nrun = ["sh", "-c", "gunicorn main:app"]\n' },
    [{ stage: 'production', commands: [['gunicorn', 'main:app']] }, { stage: 'development' }],
  ],
  [
    'App Engine',
    { 'app.yaml': 'runtime: python311\nentrypoint: gunicorn -b :$PORT main:app\n' },
    [{ commands: [['gunicorn', '-b', ':$PORT', 'main:app']] }],
  ],
  [
    'ECS',
    {
      'deploy/task-definition.json':
        '{"containerDefinitions": [{"name": "web", "command": ["gunicorn", "shop:app"]}]}',
    },
    [{ form: 'exec', commands: [['gunicorn', 'shop:app']] }],
  ],
  [
    'systemd',
    {
      'deploy/shop.service':
        '[Service]\nWorkingDirectory=/srv/shop/backend\nEnvironment="A=1" B=2\nExecStart=/srv/shop/venv/bin/gunicorn \\\n  -w 4 shop:app\nRestart=always\n',
      'backend/shop.py': '',
    },
    [
      {
        source: 'systemd',
        folder: 'backend',
        form: 'exec',
        commands: [['/srv/shop/venv/bin/gunicorn', '-w', '4', 'shop:app']],
        environment: { A: { value: '1' }, B: { value: '2' } },
      },
    ],
  ],
  [
    'supervisor in an image',
    {
      'deploy/supervisord.conf':
        '[program:web]\ncommand=gunicorn -w %(ENV_WORKERS)s shop:app\ndirectory=/app\nenvironment=A="1",B="x,y"\n',
      Dockerfile: 'FROM python:3.11\nCOPY deploy/supervisord.conf /etc/\n',
    },
    [
      {
        source: 'supervisor',
        workdir: '/app',
        image: 'Dockerfile',
        commands: [['gunicorn', '-w', '${WORKERS}', 'shop:app']],
        environment: { A: { value: '1' }, B: { value: 'x,y' } },
      },
    ],
  ],
])('%s starts what it says', (_, texts, expected) => {
  expect(startsIn(texts)).toMatchObject(expected);
});

test('nginx and Caddy', () => {
  const nginx =
    'upstream app { server web:8000; }\nlimit_req_zone $binary_remote_addr zone=a:10m rate=5r/s;\nserver {\n  listen 443 ssl;\n  server_name shop.example;\n  ssl_certificate /c.pem;\n  client_max_body_size 10m;\n  add_header X-Frame-Options DENY always;\n  location / {\n    limit_req zone=a;\n    proxy_pass http://app;\n    proxy_set_header X-Forwarded-For $remote_addr;\n    proxy_read_timeout 60s;\n  }\n}\nserver { listen 80; return 301 https://$host$request_uri; }\n';
  const caddy =
    '{\n  email a@b\n}\nshop.example {\n  encode gzip\n  header {\n    X-Frame-Options DENY\n  }\n  reverse_proxy web:8000\n}\n';
  expect(ofKind({ 'nginx/shop.conf': nginx, Caddyfile: caddy }, 'proxyConfig')).toMatchObject([
    {
      software: 'caddy',
      names: ['shop.example'],
      tls: { text: 'automatic' },
      headers: [{ name: 'X-Frame-Options', value: 'DENY' }],
      upstreams: [{ text: 'web:8000' }],
    },
    {
      software: 'nginx',
      names: ['shop.example'],
      tls: { text: '/c.pem' },
      bodyLimit: { text: '10m', at: { startLine: 7 } },
      headers: [{ name: 'X-Frame-Options', value: 'DENY' }],
      forwards: [{ name: 'X-Forwarded-For' }],
      upstreams: [{ text: 'http://web:8000' }],
      rateLimits: [{ text: 'zone=a' }],
      readTimeout: { text: '60s' },
    },
    { tls: undefined, redirectsToHttps: { at: { startLine: 16 } } },
  ]);
});

test('what does not parse says nothing', () => {
  const names = [
    'k8s/a.yaml',
    'fly.toml',
    'render.yaml',
    'railway.json',
    'app.yaml',
    'nginx.conf',
    'a.service',
    'a.conf',
    'Caddyfile',
    'task-definition.json',
  ];
  for (const text of [
    '',
    '\0',
    '{',
    '['.repeat(5_000),
    'apiVersion: v1\nkind: Pod\nspec: 5\n',
    '[Service]\n',
    'server {\n',
  ])
    expect(startsIn(Object.fromEntries(names.map(name => [name, text])))).toEqual([]);
});
