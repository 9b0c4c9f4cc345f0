import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { BOUNDS, type Bounds } from './bounds.ts';
import { readRepository } from './disk.ts';

const made: string[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'shop-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** A program that stands in for Helm: what it does is given. */
function standIn(code: string, root = folder({}), path = 'helm'): string {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), `#!${process.execPath}\n${code}\n`);
  chmodSync(join(root, path), 0o755);
  return join(root, path, '..');
}

const prints = (text: string): string => `process.stdout.write(${JSON.stringify(text)});`;

async function read(root: string, path: string, bounds: Partial<Bounds> = {}) {
  vi.stubEnv('PATH', path);
  const result = await readRepository(root, { ...BOUNDS, ...bounds });
  if (!result.ok) throw new Error(result.what);
  const { rendered, skipped } = result.repository;
  return {
    rendered,
    because: skipped.filter(each => each.path.endsWith('Chart.yaml')).map(({ because }) => because),
  };
}

const CHART = {
  'deploy/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'deploy/templates/web.yaml': 'kind: Deployment\nname: {{ .Release.Name }}\n---\nkind: Service\n',
  'deploy/templates/off.yaml': '{{ if .Values.on }}kind: Ingress{{ end }}\n',
};
const RENDERED =
  '---\n# Source: shop/templates/web.yaml\nkind: Service\n---\n# Source: shop/templates/web.yaml\nkind: Deployment\nname: release\n';
const NOT = 'its templates are read, not rendered: ';

test('what comes out is told apart by template', async () => {
  expect(await read(folder(CHART), standIn(prints(RENDERED)))).toEqual({
    rendered: [
      {
        folder: 'deploy',
        documents: [
          { path: 'deploy/templates/web.yaml', text: 'kind: Service\n' },
          { path: 'deploy/templates/web.yaml', text: 'kind: Deployment\nname: release\n' },
        ],
      },
    ],
    because: [],
  });
});

test('a chart may stand in the root and give nothing', async () => {
  const root = folder({ 'Chart.yaml': 'name: shop\n', 'templates/web.yaml': '{{ if .Values.on }}{{ end }}' });
  expect(await read(root, standIn(''))).toEqual({ rendered: [{ folder: '', documents: [] }], because: [] });
});

test('it gets a copy, a home of its own and nothing else; all of it is gone afterwards', async () => {
  const root = folder({
    ...CHART,
    '.gitignore': 'deploy/secret.yaml\n',
    'deploy/secret.yaml': 'a: 1\n',
    'deploy/.helmignore': '*.bak\n',
    'deploy/files/run.lua': 'return 1\n',
    'deploy/values.schema.json': '{"$ref": "https://example.com/x.json"}',
    'deploy/charts/db-1.tgz': 'packed',
    'app.py': 'x = 1\n',
  });
  symlinkSync('/etc/passwd', join(root, 'deploy/files/passwd'));
  const told = join(folder({}), 'told.json');
  const bin = standIn(
    `const fs = require('fs');
     fs.writeFileSync(${JSON.stringify(told)}, JSON.stringify({
       args: process.argv.slice(2), env: process.env, cwd: process.cwd(),
       files: fs.readdirSync(process.argv[4], { recursive: true, withFileTypes: true }).filter(each => each.isFile()).map(each => each.name).sort(),
     }));`,
  );
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not for templates');
  await read(root, [bin, 'relative', ''].join(delimiter));
  const { args, env, cwd, files } = JSON.parse(readFileSync(told, 'utf8')) as {
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly cwd: string;
    readonly files: readonly string[];
  };
  expect(args).toEqual(['template', 'release', expect.any(String), '--skip-tests']);
  expect(args[2]?.startsWith(root)).toBe(false);
  expect(cwd.startsWith(root)).toBe(false);
  expect(files).toEqual(['.helmignore', 'Chart.yaml', 'off.yaml', 'run.lua', 'web.yaml']);
  expect(Object.keys(env).filter(name => !name.startsWith('__')).sort()).toEqual(['HELM_CACHE_HOME', 'HELM_CONFIG_HOME', 'HELM_DATA_HOME', 'HOME', 'HTTPS_PROXY', 'HTTP_PROXY', 'KUBECONFIG', 'PATH', 'TMPDIR']); // prettier-ignore
  expect(env).toMatchObject({ PATH: bin, HOME: cwd });
  expect(existsSync(cwd)).toBe(false);
  expect(existsSync(args[2] ?? '')).toBe(false);
});

test('without a helm there is nothing to say', async () => {
  expect(await read(folder(CHART), folder({}))).toEqual({ rendered: [], because: [] });
  const root = folder({ helm: 'no program\n', 'bin/helm/x': '' });
  expect(await read(folder(CHART), [root, join(root, 'bin')].join(delimiter))).toEqual({
    rendered: [],
    because: [],
  });
});

test('a helm that lies in the repository or among packages is never run', async () => {
  const root = folder(CHART);
  const told = join(folder({}), 'ran');
  const code = `require('fs').writeFileSync(${JSON.stringify(told)}, '');`;
  const own = standIn(code, root, 'bin/helm');
  const packages = standIn(code, folder({}), 'node_modules/.bin/helm');
  const linked = folder({});
  symlinkSync(join(own, 'helm'), join(linked, 'helm'));
  expect(await read(root, [own, packages, linked].join(delimiter))).toEqual({ rendered: [], because: [] });
  expect(existsSync(told)).toBe(false);
});

test('nor one that lies in the checkout around it', async () => {
  const top = folder({ 'services/shop/app.py': 'x = 1\n', 'services/shop/Chart.yaml': 'name: shop\n' });
  execFileSync('git', ['-C', top, 'init', '-q']);
  execFileSync('git', ['-C', top, 'add', 'services']);
  const own = standIn('', top, 'bin/helm');
  expect((await read(join(top, 'services/shop'), own)).rendered).toEqual([]);
  expect((await read(join(top, 'services/shop'), [own, standIn('')].join(delimiter))).rendered).toHaveLength(
    1,
  );
});

test.each([
  [
    'fails',
    `console.error('walk.go:74: found a link\\nError: execution error at (shop/templates/web.yaml:2:4): \\u001b[31mset password: "hunter2hunter2"\\n\\nUse --debug'); process.exit(1)`,
    {},
    /^helm says execution error at \(shop\/templates\/web\.yaml:2:4\): .\[31mset password: "?hu\*+/,
  ],
  ['fails silently', 'process.exit(3)', {}, /^helm says nothing of why it failed$/],
  [
    'names its copy',
    'console.error("no file " + process.argv[4] + "/x"); process.exit(1)',
    {},
    /^helm says no file chart\/x$/,
  ],
  ['hangs', 'setInterval(() => {}, 1000)', { renderMs: 400 }, /^helm took longer than 0\.4 s$/],
  [
    'does not stop',
    'for (;;) process.stdout.write("x".repeat(10000))',
    { renderBytes: 50_000 },
    /^more than 50000 bytes came out$/,
  ],
  [
    'gives what is not there',
    prints('---\n# Source: shop/charts/db/templates/x.yaml\nkind: Pod\n'),
    {},
    /cannot be traced/,
  ],
  [
    'gives what stands elsewhere',
    prints('---\n# Source: shop/../../x.yaml\nkind: Pod\n'),
    {},
    /cannot be traced/,
  ],
  ['is another program', prints('Usage: helm [options]\n'), {}, /names no templates/],
  ['is handed too much', '', { chartFiles: 2 }, /^more than 2 files$/],
  ['is handed too many bytes', '', { chartBytes: 20 }, /^more than 20 bytes$/],
] as const)(
  'a helm that %s leaves the templates to be read, and that is said',
  async (_, code, bounds, because) => {
    const started = performance.now();
    const result = await read(folder(CHART), standIn(code), bounds);
    expect(result.rendered).toEqual([]);
    expect(result.because).toHaveLength(1);
    expect(result.because[0]?.startsWith(NOT)).toBe(true);
    expect(result.because[0]?.slice(NOT.length)).toMatch(because);
    expect(result.because[0]).not.toContain('hunter2hunter2');
    expect(performance.now() - started).toBeLessThan(20_000);
  },
);

test.runIf(process.platform === 'linux')('a helm that takes much memory is ended', async () => {
  const result = await read(folder(CHART), standIn('setInterval(() => {}, 1000)'), {
    renderMemory: 1_000_000,
  });
  expect(result.because).toEqual([`${NOT}helm took more than 1000000 bytes of memory`]);
});

test('the time is that of all charts together', async () => {
  const charts = Object.fromEntries(['a', 'b', 'c'].map(name => [`${name}/Chart.yaml`, `name: ${name}\n`]));
  const result = await read(folder(charts), standIn('setInterval(() => {}, 1000)'), { renderMs: 400 });
  expect(result.because).toEqual(Array(3).fill(`${NOT}helm took longer than 0.4 s`));
});

test('only charts that are installed by themselves are rendered, and not too many', async () => {
  const root = folder({
    'a/Chart.yaml': 'name: a\n',
    'a/charts/db/Chart.yaml': 'name: db\n',
    'common/Chart.yaml': 'name: common\ntype: library\n',
    'examples/x/Chart.yaml': 'name: x\n',
    'b/Chart.yaml': 'name: b\n',
    'c/Chart.yaml': 'name: c\n',
  });
  const { rendered, because } = await read(root, standIn(''), { charts: 2 });
  expect(rendered.map(each => each.folder)).toEqual(['a', 'b']);
  expect(because).toEqual([`${NOT}more than 2 charts`]);
});
