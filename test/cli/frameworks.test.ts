import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.ts';

const CLI = resolve('dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'frameworks-'));
const root = join(folder, 'unify');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

cpSync('specimens/unify', root, { recursive: true });
writeFileSync(
  join(root, 'seaworthy.yaml'),
  `version: 1
attestations:
  - control: attest/penetration-test
    who: Jane Doe
    when: 2026-05-01
    until: 2027-05-01
    evidence: https://wiki.example.com/pentest
    frameworks: [soc2]
  - control: code/unsafe-deserialisation
    who: Jane Doe
    when: 2026-05-01
    until: 2027-05-01
    frameworks: [soc2]
  - control: attest/training
    who: John Roe
    when: 2025-05-01
    until: 2026-04-30
  - control: tests/present
    who: John Roe
    when: 2026-05-01
    until: 2027-05-01
`,
);

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, 'assess', root, '--today', '2026-12-01', '--fail-on', 'never', ...args],
    { encoding: 'utf8' },
  );
  return { code: status, out: stdout, err: stderr };
}

const assessed = JSON.parse(run('--format', 'json', '--framework', 'soc2,gdpr').out) as Assessment;

test('verdicts and statements stand by the clauses of each framework that was asked for', () => {
  expect(assessed.frameworks.map(({ id }) => id)).toEqual(['soc2', 'gdpr']);
  const monitoring = assessed.frameworks[0]?.clauses.find(({ id }) => id === 'CC4.1');
  expect(monitoring?.status).toBe('fail');
  expect(monitoring?.answers).toContainEqual({
    service: 'unify',
    control: 'attest/penetration-test',
    title: 'Somebody has tried to break in, and what was found is mended',
    severity: 'medium',
    status: 'pass',
    rank: 'attested',
  });
});

test('a statement for a framework is shown where no clause names its control', () => {
  expect(assessed.frameworks.map(({ stated }) => stated.map(({ control }) => control))).toEqual([
    ['code/unsafe-deserialisation'],
    [],
  ]);
});

test('statements that decide nothing are said, with their place', () => {
  expect(assessed.notices).toEqual([
    {
      at: { path: 'seaworthy.yaml', startLine: 14, endLine: 14 },
      says: 'the statement about attest/training ended on 2026-04-30',
    },
    {
      at: { path: 'seaworthy.yaml', startLine: 18, endLine: 18 },
      says: 'tests/present fails by what was read, which is stronger than a statement: waive it or mend it',
    },
  ]);
});

test('reports for people show the clauses', () => {
  const { out: terminal } = run('--framework', 'iso27001');
  expect(terminal).toContain('A.8.13 there are copies, and they were tried');
  const { out: markdown } = run('--format', 'markdown', '--framework', 'iso27001');
  expect(markdown).toContain('| ✗ | A.8.15: events are logged | `observe/logging`');
  expect(markdown).toContain('`attest/penetration-test` (stated)');
});

test('a framework that is not known is one line and exit code 2', () => {
  const { code, err } = run('--framework', 'soc2,iso9001');
  expect(code).toBe(2);
  expect(err).toMatch(
    /^seaworthy: .*Allowed choices are soc2, iso27001, gdpr, hipaa, owasp-asvs, 12-factor.*\n$/,
  );
});
