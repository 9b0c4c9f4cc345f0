import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.ts';

const CLI = resolve('dist/cli/main.js');
const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** A copy of a specimen, to be changed. */
function portal(): string {
  const root = mkdtempSync(join(tmpdir(), 'gate-'));
  made.push(root);
  cpSync('specimens/unify', root, { recursive: true });
  return root;
}

function run(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', cwd });
  return { code: status, out: stdout, err: stderr };
}

const assessment = (cwd: string, ...args: readonly string[]): Assessment =>
  JSON.parse(run(cwd, 'assess', '--format', 'json', ...args).out) as Assessment;

const ACCEPTED = [
  '--owner',
  'Jane',
  '--reason',
  'only in the lab',
  '--until',
  '2027-01-31',
  '--today',
  '2026-12-01',
];

describe('a gate on a service that is not perfect', () => {
  test('a baseline makes it pass; something new makes it fail; pruning never adds', () => {
    const root = portal();
    expect(run(root, 'assess').code).toBe(1);
    expect(run(root, 'baseline').code).toBe(0);
    expect(run(root, 'baseline').code).toBe(2);
    expect(run(root, 'assess', '--fail-on', 'low', '--baseline', 'seaworthy-baseline.json').code).toBe(0);

    writeFileSync(join(root, 'src/core/mailer.py'), '\n\nSMTP_PASSWORD = "hunter2-Tr0ub4dor"\n');
    const after = run(root, 'assess', '--baseline', 'seaworthy-baseline.json');
    expect(after.code).toBe(1);

    const size = () =>
      (JSON.parse(readFileSync(join(root, 'seaworthy-baseline.json'), 'utf8')) as { findings: unknown[] })
        .findings.length;
    const before = size();
    expect(run(root, 'baseline', '--prune').code).toBe(0);
    expect(size()).toBe(before);
    rmSync(join(root, 'README.md'));
    run(root, 'baseline', '--prune');
    expect(size()).toBeLessThan(before);
  });

  test('lines that move keep their findings known', () => {
    const root = portal();
    run(root, 'baseline');
    const path = join(root, 'src/app.py');
    writeFileSync(path, `# a line more\n\n${readFileSync(path, 'utf8')}`);
    expect(run(root, 'assess', '--fail-on', 'low', '--baseline', 'seaworthy-baseline.json').code).toBe(0);
  });

  test('says when the gate could be tightened', () => {
    const root = portal();
    run(root, 'baseline');
    expect(run(root, 'assess', '--baseline', 'seaworthy-baseline.json').err).toContain(
      'nothing new of severity high fails: `--fail-on high` would be met',
    );
  });

  test.each([
    ['nothing.json', /the baseline cannot be read \(ENOENT\)/],
    ['README.md', /the baseline is not JSON/],
  ])('refuses %s as a baseline in one line', (file, says) => {
    const { code, err } = run(portal(), 'assess', '--baseline', file);
    expect(code).toBe(2);
    expect(err).toMatch(says);
    expect(err.trimEnd()).not.toContain('\n');
  });
});

describe('seaworthy init and waive', () => {
  test('a first file is valid, is not written twice, and changes no verdict', () => {
    const root = portal();
    const before = assessment(root).services;
    expect(run(root, 'init').code).toBe(0);
    expect(assessment(root).services).toEqual(before);
    const again = run(root, 'init');
    expect(again.code).toBe(2);
    expect(again.err).toContain('is there already');
  });

  test('a waiver takes a finding out of the gate, until its day and until the code changes', () => {
    const root = portal();
    run(root, 'init');
    expect(run(root, 'waive', 'config/app-secret', ...ACCEPTED).code).toBe(0);
    const judgementOn = (day: string) =>
      assessment(root, '--today', day).services[0]?.judgements.find(
        ({ control }) => control === 'config/app-secret',
      );
    expect(judgementOn('2026-12-01')).toMatchObject({ status: 'waived', findings: [] });
    expect(judgementOn('2027-02-01')).toMatchObject({ status: 'fail', waived: [] });
    expect(run(root, 'assess', '--today', '2026-12-01').out).toContain(
      'only in the lab (Jane, until 2027-01-31)',
    );
    expect(run(root, 'assess', '--today', '2026-12-01', '--format', 'markdown').out).toContain(
      'Accepted risks',
    );

    const path = join(root, 'src/app.py');
    writeFileSync(path, readFileSync(path, 'utf8').replace("'SECRET_KEY', '", "'SECRET_KEY', 'x"));
    expect(judgementOn('2026-12-01')?.status).toBe('fail');
    expect(run(root, 'assess', '--today', '2026-12-01').out).toContain('what it covers has changed');
  });

  test('nothing is accepted without a reason, an owner and a day', () => {
    const root = portal();
    const { code, err } = run(root, 'waive', 'config/app-secret', '--owner', 'Jane');
    expect(code).toBe(2);
    expect(err).toContain('--reason is missing');
    expect(run(root, 'waive', 'config/app-secret', '--until', 'soon').code).toBe(2);
    expect(run(root, 'waive', 'web/none', ...ACCEPTED).err).toContain(
      'nothing that fails is called web/none',
    );
  });
});

describe('what a project says of itself', () => {
  test('a key that is not known, a control that is not there and a bad comment end with 2 and a line', () => {
    const root = portal();
    const file = join(root, 'seaworthy.yaml');
    writeFileSync(file, 'version: 1\nwaiver: []\n');
    expect(run(root, 'assess')).toMatchObject({ code: 2, out: '' });
    expect(run(root, 'assess').err).toContain('seaworthy.yaml:2: there is no key waiver');
    writeFileSync(file, 'version: 1\nseverity:\n  web/nothing: low\n');
    expect(run(root, 'assess').err).toContain('seaworthy.yaml:3: there is no control web/nothing');
    rmSync(file);
    writeFileSync(join(root, 'src/extra.py'), 'x = 1  # seaworthy: ignore[web/cors]\n');
    expect(run(root, 'assess')).toMatchObject({ code: 2 });
    expect(run(root, 'assess').err).toContain('src/extra.py:1:');
  });

  test('severities, personas and services that it states count', () => {
    const root = portal();
    writeFileSync(
      join(root, 'seaworthy.yaml'),
      'version: 1\npersona: strict\nseverity:\n  web/csp: critical\nservices:\n  - path: .\n    start: gunicorn --chdir src app:app\n',
    );
    const [service] = assessment(root).services;
    expect(service?.judgements.find(({ control }) => control === 'web/csp')?.severity).toBe('critical');
    expect(service?.startPaths.map(({ command }) => command)).toContain('gunicorn --chdir src app:app');
    expect(run(root, 'assess', '--fail-on', 'never').code).toBe(0);
    expect(run(root, 'assess', '--persona', 'auditor', '--fail-on', 'never').code).toBe(0);
  });
});
