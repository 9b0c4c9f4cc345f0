import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../src/model/index.ts';

const CLI = resolve('dist/cli/main.js');
const root = mkdtempSync(join(tmpdir(), 'plan-'));
const SHOP = join(root, 'shop.json');
const START = ['--start', '2026-11-23'];

beforeAll(() => {
  if (!existsSync(CLI)) execFileSync('npm', ['run', 'build'], { stdio: 'ignore' });
  run('assess', 'specimens/unify', '--format', 'json', '--output', SHOP, '--today', '2026-11-21');
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

const planned = (...args: readonly string[]): Plan =>
  JSON.parse(run('plan', ...args, '--format', 'json').out) as Plan;

describe('seaworthy plan', () => {
  test('of a folder is the one of its assessment, the same in two runs', () => {
    const first = run('plan', 'specimens/unify', ...START, '--today', '2026-11-21');
    expect(first.code).toBe(0);
    expect(first.err).toBe('');
    expect(first.out).toMatch(/^WAY TO PRODUCTION\nunify, today NOT READY: /);
    expect(run('plan', SHOP, ...START).out).toBe(first.out);
    expect(run('plan', SHOP, ...START).out).toBe(first.out);
  });

  test('begins on the next Monday when nobody says', () => {
    expect(planned(SHOP, '--today', '2026-11-21').asked.start).toBe('2026-11-23');
    expect(planned(SHOP, '--today', '2026-11-23').asked.start).toBe('2026-11-30');
  });

  test('asks nothing in a pipe', () => {
    expect(planned(SHOP).asked).toMatchObject({ target: '', tier: 'recommended', team: 1, first: [] });
  });

  test('holds every critical finding of the specimen in its smallest tier', () => {
    const { pieces } = planned(SHOP, '--tier', 'minimum');
    const controls = pieces.flatMap(({ items }) => items.map(({ control }) => control));
    for (const control of [
      'wiring/entrypoint-resolves',
      'config/app-secret',
      'server/debug-off',
      'tests/present',
    ])
      expect(controls).toContain(control);
    expect(controls).not.toContain('web/rate-limit');
  });

  test('writes several formats into a folder', () => {
    const folder = join(root, 'out');
    const { code, out } = run(
      'plan',
      SHOP,
      ...START,
      '--format',
      'markdown,csv,json,mermaid',
      '--output-dir',
      folder,
    );
    expect([code, out]).toEqual([0, '']);
    expect(readdirSync(folder).sort()).toEqual(
      ['csv', 'json', 'md', 'mmd'].map(ending => `seaworthy-plan.${ending}`),
    );
    expect(readFileSync(join(folder, 'seaworthy-plan.md'), 'utf8')).toContain('```mermaid\ngantt\n');
  });

  test('says that there is nothing to do', () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    const { code, out } = run('plan', empty, '--target', 'kubernetes', '--format', 'terminal');
    expect(code).toBe(0);
    expect(out).toContain('There is nothing to do');
    expect(run('plan', empty, '--format', 'markdown').out).toContain('There is nothing to do');
  });
});

describe('issues', () => {
  const folder = join(root, 'issues');
  const write = (...more: readonly string[]) =>
    run(
      'plan',
      SHOP,
      ...START,
      '--format',
      'json',
      '--output',
      join(root, 'plan.json'),
      '--issues-dir',
      folder,
      ...more,
    );

  test('are one file for each piece, with stable names, written over by the next run', () => {
    expect(write('--tier', 'minimum').err).toContain(`issues in ${folder}`);
    const { pieces } = JSON.parse(readFileSync(join(root, 'plan.json'), 'utf8')) as Plan;
    expect(readdirSync(folder).sort()).toEqual(pieces.map(({ id }) => `${id}.md`).sort());
    expect(write('--tier', 'minimum', '--team', '3').code).toBe(0);
  });

  test('of pieces that are done are named, and not taken out', () => {
    write('--tier', 'recommended');
    const { code, err } = write('--tier', 'minimum');
    expect(code).toBe(0);
    expect(err).toMatch(/no longer in the plan.*rate-limits\.unify\.recommended\.md/);
  });

  test.each([
    [
      'a file of somebody else',
      (path: string) => {
        writeFileSync(path, '# mine\n');
      },
    ],
    [
      'a link',
      (path: string) => {
        rmSync(path);
        symlinkSync(SHOP, path);
      },
    ],
    [
      'a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
    [
      'one that somebody has written in',
      (path: string) => {
        rmSync(path, { recursive: true, force: true });
        write();
        writeFileSync(path, readFileSync(path, 'utf8').replace('- [ ]', '- [x]'));
      },
    ],
  ])('never write over %s', (_, put) => {
    const path = join(folder, 'tests.unify.minimum.md');
    rmSync(folder, { recursive: true, force: true });
    write();
    put(path);
    const others = readdirSync(folder)
      .map(name => join(folder, name))
      .filter(name => name !== path);
    const before = others.map(name => readFileSync(name, 'utf8'));
    const { code, err } = write('--team', '4');
    expect(code).toBe(2);
    expect(err.trim().split('\n').at(-1)).toMatch(
      /^seaworthy: .*tests\.unify\.minimum\.md.*Nothing was written/,
    );
    expect(others.map(name => readFileSync(name, 'utf8'))).toEqual(before);
    expect(readFileSync(SHOP, 'utf8')).toMatch(/^\{/);
  });
});

describe('bad input', () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(root, name), text);
    return join(root, name);
  };
  test.each([
    [() => ['/does/not/exist'], /does not exist/],
    [() => ['package.json'], /no assessment of seaworthy/],
    [() => ['README.md'], /is not JSON/],
    [() => [file('empty.json', '')], /is not JSON/],
    [() => [file('null.json', 'null')], /no assessment/],
    [() => [file('later.json', '{"schema":2}')], /has schema 2, and this version reads schema 1/],
    [() => [file('odd.json', '{"schema":"\\u001b[31m"}')], /has schema of no number/],
    [() => [file('half.json', '{"schema":1}')], /tool: /],
    [() => [SHOP, '--team', '0'], /number of people from 1 to 100/],
    [() => [SHOP, '--team', 'x'], /number of people/],
    [() => [SHOP, '--start', '2027-02-30'], /Give a day as/],
    [() => [SHOP, '--start', '0000-01-01'], /between 2000 and 2199/],
    [() => [SHOP, '--start', '2027-02-01', '--until', '2027-01-31'], /is before the start/],
    [() => [SHOP, '--target', 'mars'], /Allowed choices/],
    [() => [SHOP, '--tier', 'all'], /Allowed choices/],
    [() => [SHOP, '--first', 'access,nope'], /Allowed choices/],
    [() => [SHOP, '--format', 'markdown,json'], /needs a folder/],
    [() => [SHOP, '--format', 'sarif'], /Allowed choices/],
    [() => [SHOP, '--osv', '.'], /need a repository/],
    [() => [SHOP, '--repository-url', 'javascript:alert(1)'], /Give an address/],
    [() => [SHOP, '--issues-dir', 'package.json'], /cannot be made/],
  ])('%# is refused in one line with exit code 2', (args, message) => {
    const { code, err, out } = run('plan', ...args());
    expect(code).toBe(2);
    if (!args().includes('--issues-dir')) expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\u001b| {4}at /);
  });
});

const hasTerminal = spawnSync('script', ['--version']).status === 0;

/** Runs a command on a terminal of its own, and types when it asks. */
function onTerminal(command: string, answers: readonly (readonly [RegExp, string])[]): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn('script', ['-qec', `${command}; echo "code $?"`, '/dev/null'], {
      env: { ...process.env, FORCE_COLOR: '0', COLUMNS: '80' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const left = [...answers];
    let seen = '';
    let since = 0;
    const timer = setTimeout(() => child.kill('SIGKILL'), 40_000);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      const [next] = left;
      if (next?.[0].test(seen.slice(since))) {
        since = seen.length;
        left.shift();
        child.stdin.write(next[1]);
      }
    });
    child.on('error', failed).on('close', () => {
      clearTimeout(timer);
      done(seen.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''));
    });
  });
}

describe.runIf(hasTerminal)('on a terminal', () => {
  const plan = () => `"${process.execPath}" "${CLI}" plan "${SHOP}" --start 2026-11-23`;

  test('asks where, what first, how far, by when and with how many', async () => {
    const seen = await onTerminal(plan(), [
      [/Where is it to run\?[^]*Number \[7\]: /, '2\r'],
      [/wanted first[^]*\[none\]: /, '3\r'],
      [/How far[^]*Number \[2\]: /, '1\r'],
      [/By which day[^]*\[none\]: /, '\r'],
      [/How many people[^]*\[1\]: /, '2\r'],
    ]);
    expect(seen).toContain('for Kubernetes, 2 people, from 2026-11-23');
    expect(seen).toContain('▸ minimum');
    expect(seen).toContain('code 0');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s ends it in one line', async (_, key) => {
    const seen = await onTerminal(plan(), [[/Number \[7\]: /, key]]);
    expect(seen).toMatch(/seaworthy: stopped\s+code 130\s*$/);
    expect(seen).not.toMatch(/Warning|Error| at /);
  });

  test('asks nothing with --yes, and in a pipe', async () => {
    for (const command of [`${plan()} --yes`, `${plan()} | cat`]) {
      const seen = await onTerminal(command, []);
      expect(seen).not.toContain('Where is it to run?');
      expect(seen).toContain('no target chosen, 1 person');
    }
  });
});
