import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { ignoreRules } from './ignore.ts';

const root = mkdtempSync(join(tmpdir(), 'ignore-'));
execFileSync('git', ['init', '-q', root]);
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const ruled = (patterns: string) => {
  const rules = ignoreRules();
  rules.add('', patterns);
  return rules;
};

test.each([
  ['.env', 'backend/.env', true],
  ['/.env', 'backend/.env', false],
  ['build/', 'build/a.py', true],
  ['build/', 'build', false],
  ['*.log\n!keep.log', 'keep.log', false],
  ['logs/\n!logs/keep.log', 'logs/keep.log', true], // what is in an ignored folder cannot be taken back
  ['logs/*\n!logs/keep.log', 'logs/keep.log', false],
  ['a/**/b', 'a/x/y/b', true],
  ['Lib/', 'lib/app.py', false], // names are taken as they are written
  ['\\#x', '#x', true],
  ['# x', '# x', false],
  ['\uFEFF.env', '.env', true],
  ['.env\r\n*.pem\r\n', '.env', true],
])('%j on %s: %s', (patterns, path, expected) => {
  expect(ruled(patterns).ignores(path, false)).toBe(expected);
});

test('inner rules win over outer ones', () => {
  const rules = ignoreRules();
  rules.add('', '*.txt');
  rules.add('a', '!b.txt');
  expect(rules.ignores('a/b.txt', false)).toBe(false);
  expect(rules.ignores('c/b.txt', false)).toBe(true);
});

test('a folder that inner rules take back is there with what is in it', () => {
  const rules = ignoreRules();
  rules.add('', 'lib/\n*.log\n');
  rules.add('web', '/node_modules\n!/lib/');
  expect(rules.ignores('web/lib/client.ts', false)).toBe(false);
  expect(rules.ignores('web/lib/deep/client.ts', false)).toBe(false);
  expect(rules.ignores('web/lib/a.log', false)).toBe(true);
  expect(rules.ignores('web/src/lib/client.ts', false)).toBe(true);
  expect(rules.ignores('api/lib/client.ts', false)).toBe(true);
});

test('the rules above the folder hold in it, but do not take it away itself', () => {
  const above = { prefix: 'services/shop', ignores: [{ folder: '', patterns: '.env\nservices/\n/x.py' }] };
  const rules = ignoreRules(above);
  expect(rules.ignores('.env', false)).toBe(true);
  expect(rules.ignores('app.py', false)).toBe(false);
  expect(rules.ignores('x.py', false)).toBe(false);
});

test.each(['', '.', '..', '../x', '/etc/passwd', './', '//'])('%j is nothing that could be ignored', path => {
  expect(ruled('*').ignores(path, false)).toBe(false);
});

test('a folder is one by its slash', () => {
  expect(ruled('instance/').ignores('instance/', false)).toBe(true);
});

test('too many patterns end the asking', () => {
  const rules = ignoreRules(undefined, 100);
  rules.add('', 'a\n'.repeat(60));
  expect(rules.ignores('a', false)).toBe(true);
  expect(rules.ignores('a', false)).toBe(false);
  expect(rules.isExhausted()).toBe(true);
});

test.each([
  '*a*a*a*a*a*a*a*a*b',
  '**/a*/**/a*/**/a*/**/b',
  '?*?*?*?*?*?*b',
  '*[ab]*[ab]*[ab]*[ab]*[ab]*c',
  '*a?*a?*a?*a?*a?*b',
  '*a*/*a*/*a*/*a*/b',
  '**/*a*/**/*a*/**/*b',
])(
  // prettier-ignore
  '%s comes to an end',
  pattern => {
    // Backtracking does not end before the limit of the runner.
    for (const path of [
      'a'.repeat(250),
      Array(4).fill('a'.repeat(250)).join('/'),
      Array(60).fill('aa').join('/'),
    ])
      expect(ruled(pattern).ignores(path, false)).toBe(false);
  },
);

test('git says the same', () => {
  const name = fc.constantFrom('a', 'b', 'ab', 'a.py', '.env', 'A');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/'));
  const part = fc.constantFrom('a', 'b', '*', '**', '.env', '*.py', 'a?', '[ab]', 'ab', 'A');
  const pattern = fc
    .tuple(fc.constantFrom('', '!', '/', '!/'), fc.array(part, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '/'))
    .map(([start, parts, end]) => start + parts.join('/') + end); // prettier-ignore
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(path, { minLength: 30, maxLength: 60 }),
      (patterns, paths) => {
        writeFileSync(join(root, '.gitignore'), patterns.join('\n'));
        const { stdout } = spawnSync('git', ['-C', root, 'check-ignore', '--no-index', '--stdin', '-z'], {
          input: paths.join('\0'),
        });
        const rules = ruled(patterns.join('\n'));
        const ignored = stdout.toString().split('\0').filter(each => each !== ''); // prettier-ignore
        expect(paths.filter(each => rules.ignores(each, false))).toEqual(ignored);
      },
    ),
    { numRuns: 150, seed: 7 },
  );
});
