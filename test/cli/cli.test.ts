import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = resolve('dist/cli/main.js');
// The test runner forces colours on its children; a user has not asked for any.
const AS_A_USER = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'FORCE_COLOR' && name !== 'NO_COLOR'),
);
const made: string[] = [];

beforeAll(() => {
  if (!existsSync(CLI)) execFileSync('npm', ['run', 'build'], { stdio: 'ignore' });
});
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

function run(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}) {
  const result = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: options.cwd ?? process.cwd(),
    env: { ...AS_A_USER, ...options.env },
    timeout: 60_000,
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function shop(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'shop-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('seaworthy assess', () => {
  test('says the verdict first, and ends with 1 when a critical control fails', () => {
    const { code, out, err } = run(['assess', 'specimens/unify']);
    expect(code).toBe(1);
    expect(out.split('\n')[0]).toBe('NOT READY');
    expect(out).toContain('First steps');
    expect(out).toContain('src/app.py:410');
    expect(err).toBe('');
  });

  test('never fails for findings with --fail-on never', () => {
    expect(run(['assess', 'specimens/unify', '--fail-on', 'never']).code).toBe(0);
  });

  test('writes several formats into a folder, however they are named, with the same exit code', () => {
    const root = shop({});
    const formats = ['--format', 'json,sarif', '--format', 'csv', '--output-dir', join(root, 'reports')];
    const { code, out, err } = run(['assess', 'specimens/unify', ...formats]);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('NOT READY, written to');
    for (const file of ['seaworthy.json', 'seaworthy.sarif', 'seaworthy.csv'])
      expect(existsSync(join(root, 'reports', file))).toBe(true);
  });

  test('assesses the current folder without a command', () => {
    expect(run([], { cwd: resolve('specimens/quadra-matrix') }).out).toContain('quadra-matrix');
  });

  test('stays within eighty columns, without colour in a pipe', () => {
    const { out } = run(['assess', 'specimens/unify'], { env: { COLUMNS: '80' } });
    expect(out).not.toContain('\u001b');
    for (const env of [{ CI: 'true' }, { FORCE_COLOR: '0' }])
      expect(run(['assess', 'specimens/unify'], { env }).out).not.toContain('\u001b');
    const coloured = run(['assess', 'specimens/unify'], { env: { FORCE_COLOR: '1', NO_COLOR: '' } }).out;
    expect(coloured).toContain('\u001b[');
    expect(
      run(['assess', 'specimens/unify'], { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }).out,
    ).not.toContain('\u001b');
  });

  test('writes JSON and Markdown, the same in two runs, and no secret in any', () => {
    const root = shop({});
    const first = run(['assess', 'specimens/unify', '--format', 'json']).out;
    expect(run(['assess', 'specimens/unify', '--format', 'json']).out).toBe(first);
    expect((JSON.parse(first) as { readiness: string }).readiness).toBe('NOT READY');
    const { code, err } = run([
      'assess',
      'specimens/unify',
      '--format',
      'markdown',
      '--output',
      join(root, 'R.md'),
    ]);
    expect(code).toBe(1);
    expect(err).toContain('written to');
    const markdown = readFileSync(join(root, 'R.md'), 'utf8');
    expect(markdown).toContain('# Production readiness of unify');
    const secrets = ['unify-secret-key-change-in-production'];
    for (const secret of secrets)
      for (const text of [first, markdown, run(['assess', 'specimens/unify']).out])
        expect(text).not.toContain(secret);
  });

  test('exit code 3 where something that the gate needs could not be decided', () => {
    const root = shop({
      'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
      'test_app.py': 'from app import app\n\n\ndef test_name():\n    assert app.name == "app"\n',
    });
    expect(run(['assess', root, '--fail-on', 'critical', '--require-decided']).code).toBe(3);
  });

  test('nothing to judge is no success in disguise', () => {
    const root = shop({ 'notes.txt': 'hello\n' });
    const { code, out } = run(['assess', root]);
    expect(out.split('\n')[0]).toBe('NOTHING TO JUDGE');
    expect(code).toBe(0);
    expect(run(['assess', root, '--require-decided']).code).toBe(3);
  });
});

describe('bad input', () => {
  test.each([
    [['assess', '/does/not/exist'], /does not exist/],
    [['assess', 'package.json'], /is a file/],
    [['assess', '.', '--format', 'pdf'], /Allowed choices/],
    [['assess', '.', '--format', 'json,sarif'], /needs a folder/],
    [['assess', '.', '--format', 'json,sarif', '--output', 'x'], /one format/],
    [['assess', '.', '--output', 'x', '--output-dir', 'y'], /both given/],
    [['assess', '.', '--min-score', 'x'], /number from 0 to 10/],
    [['assess', '.', '--nope'], /unknown option/],
    [['explain', 'config/app-secrt'], /Did you mean config\/app-secret/],
    [['controls', '--category', 'nope'], /Choose one of/],
    [['assess', 'specimens/unify', '--output', '/'], /is a folder/],
  ])('%j is refused in one line with exit code 2', (args, message) => {
    const { code, out, err } = run(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
    expect(err).not.toContain('    at ');
  });
});

describe('the catalogue', () => {
  test('explains a control and lists those of a category', () => {
    expect(run(['explain', 'config/app-secret']).out).toContain('What to do');
    expect(run(['controls', '--category', 'wiring']).out.trim().split('\n').length).toBeGreaterThan(10);
    expect(run(['--help']).out).toContain('Examples:');
    expect(run(['--version']).out.trim()).toBe('0.1.0');
  });
});

describe('hostile repositories', () => {
  const bomb = `a: &a [x]\n${Array.from(
    { length: 12 },
    (_, i) =>
      `b${i}: &b${i} [${Array(9)
        .fill(`*${i === 0 ? 'a' : `b${i - 1}`}`)
        .join(', ')}]`,
  ).join('\n')}\n`;
  test.each([
    [
      'syntax errors',
      { 'app.py': 'from flask import Flask\napp = Flask(\ndef (:\n', Procfile: 'web: gunicorn app:app\n' },
    ],
    [
      'a YAML bomb',
      { 'app.py': 'from flask import Flask\napp = Flask(__name__)\n', 'docker-compose.yml': bomb },
    ],
    [
      'deep nesting',
      {
        'app.py': `x = ${'['.repeat(20_000)}\n`,
        'a.json': '['.repeat(100_000),
        'b.yml': '- '.repeat(20_000),
      },
    ],
    [
      'broken files of every kind',
      {
        Dockerfile: 'FROM\nCOPY\nCMD [',
        'docker-compose.yml': ': : :',
        'pyproject.toml': '[[[',
        'requirements.txt': '@@@\n-r self.txt\n',
        'k8s/a.yaml': 'kind: Deployment\nspec: 3\n',
        'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
      },
    ],
    [
      'requirements that include themselves',
      {
        'requirements.txt': '-r requirements.txt\nflask\n',
        'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
      },
    ],
    [
      'escape sequences in names and code',
      {
        'app.py':
          'from flask import Flask\napp = Flask(__name__)\napp.secret_key = "\u001b[31mred-and-long-key"\n',
        'a\u001b[31mb.py': 'x = 1\n',
        Procfile: 'web: gunicorn app:app \u001b[2J\n',
      },
    ],
  ])('%s end in a report', (_, files) => {
    const root = shop(files);
    const { code, out, err } = run(['assess', root, '--fail-on', 'never']);
    expect(err).toBe('');
    expect(code).toBe(0);

    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    expect(run(['assess', root, '--format', 'markdown', '--fail-on', 'never']).code).toBe(0);
  });
});

test('what is built can be run by its name, however often it is built', () => {
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
  for (const path of Object.values(bin)) {
    expect(readFileSync(path, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    // npx keeps the link that it once made, and with it the file that the build makes anew.
    expect(statSync(path).mode & 0o111).toBe(0o111);
  }
});

test('on its own repository it says that there is no service, and not that all is well', () => {
  const { code, out } = run(['assess', '.', '--no-color']);
  expect(code).toBe(0);
  expect(out).toMatch(/^NOTHING TO JUDGE\n/);
});
