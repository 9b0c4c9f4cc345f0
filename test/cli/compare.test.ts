import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/model/index.ts';

const CLI = resolve('dist/cli/main.js');
const root = mkdtempSync(join(tmpdir(), 'compare-'));
const PORTAL = join(root, 'portal');
const TODAY = ['--today', '2026-11-21'];

const git = (...args: string[]) =>
  execFileSync('git', ['-C', PORTAL, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { stdio: 'pipe' }).toString().trim(); // prettier-ignore

function change(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(PORTAL, path), 'utf8');
  expect(text).toMatch(from);
  writeFileSync(join(PORTAL, path), text.replace(from, to));
}

beforeAll(() => {
  if (!existsSync(CLI)) execFileSync('npm', ['run', 'build'], { stdio: 'ignore' });
  cpSync('specimens/unify', PORTAL, { recursive: true });
  git('init', '-q', '-b', 'main');
  git('add', '-A', '-f');
  git('commit', '-qm', 'as it was');
  run('assess', PORTAL, '--format', 'json', '--output', join(root, 'before.json'), ...TODAY);
  // A secret is required from now on, everything moves down by a line, and a new dependency is not pinned.
  change('src/app.py', /os\.environ\.get\('SECRET_KEY', [^)]*\)/, "os.environ['SECRET_KEY']");
  writeFileSync(
    join(PORTAL, 'src/app.py'),
    `# The student portal\n${readFileSync(join(PORTAL, 'src/app.py'), 'utf8')}`,
  );
  git('commit', '-qam', 'A secret must be given');
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  return { code: status, out: stdout, err: stderr };
}

const compared = (...args: readonly string[]): Comparison =>
  JSON.parse(run('compare', ...args, '--format', 'json', ...TODAY).out) as Comparison;

const without = ({ before, after, ...rest }: Comparison) => ({
  ...rest,
  before: { ...before, label: '' },
  after: { ...after, label: '' },
});

describe('seaworthy compare', () => {
  test('says what turned between two commits, with the lines', () => {
    const { code, out, err } = run('compare', 'HEAD~1', 'HEAD', '--repository', PORTAL, ...TODAY);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^NOT READY, as before\nbefore: HEAD~1 \(commit [0-9a-f]{10}\)\nafter: +HEAD \(commit/,
    );
    expect(out).toContain('Mended findings');
    expect(out).toContain('src/app.py:70  SECRET_KEY, which signs sessions, falls back to a literal');
    expect(out).toMatch(/access\/csrf +src\/app\.py:\d+ → src\/app\.py:\d+/);
    expect(out).not.toContain('New findings');
  });

  test('says the same of a revision, a folder and an assessment of it', () => {
    const revisions = compared('HEAD~1', 'HEAD', '--repository', PORTAL);
    expect(without(compared('main~', PORTAL))).toEqual(without(revisions));
    expect(without(compared(join(root, 'before.json'), PORTAL))).toEqual(without(revisions));
    expect(compared('HEAD', PORTAL)).toMatchObject({
      verdicts: [],
      appeared: [],
      gone: [],
      moved: [],
      readiness: 'same',
    });
  });

  test('of the way back turns what was mended into what is new', () => {
    const [there, back] = [
      compared('HEAD~1', 'HEAD', '--repository', PORTAL),
      compared('HEAD', 'HEAD~1', '--repository', PORTAL),
    ];
    expect(back.appeared).toEqual(there.gone);
    expect(there.gone.map(({ control }) => control)).toContain('config/app-secret');
  });

  test('writes the table of before and after', () => {
    const file = join(root, 'TABLE.md');
    const { code, err } = run(
      'compare',
      join(root, 'before.json'),
      PORTAL,
      '--format',
      'markdown',
      '--output',
      file,
      ...TODAY,
    );
    expect([code, err]).toEqual([0, `seaworthy: written to ${file}\n`]);
    expect(readFileSync(file, 'utf8')).toContain('| Category | Before | After | Change |');
  });
});

describe('bad input', () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(root, name), text);
    return join(root, name);
  };
  test.each([
    [() => ['nope', PORTAL], /there is no commit "nope"/],
    [() => ['--', '--output=x', PORTAL], /looks like an option/],
    [() => ['-x', PORTAL], /unknown option/],
    [() => ['HEAD~99', PORTAL], /there is no commit/],
    [() => ['main..HEAD', PORTAL], /no name of a revision/],
    [() => ['gone.json', PORTAL], /gone\.json does not exist/],
    [() => ['./nowhere', PORTAL], /does not exist/],
    [() => [PORTAL], /missing required argument/],
    [() => [file('later.json', '{"schema":2}'), PORTAL], /has schema 2/],
    [() => [file('text.json', 'hello'), PORTAL], /is not JSON/],
    [() => ['main', 'main', '--repository', root], /is not under git/],
    [() => ['main', 'main', '--repository', join(root, 'none')], /does not exist/],
    [() => ['main', PORTAL, '--format', 'html,json'], /Allowed choices|needs a folder/],
    [() => ['main', PORTAL, '--today', 'now'], /Give a day/],
  ])('%# is refused in one line with exit code 2', (args, message) => {
    const { code, out, err } = run('compare', ...args());
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\u001b| {4}at /);
  });
});
