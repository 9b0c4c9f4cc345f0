import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEnv } from './env-file.ts';

const values = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(parseEnv(text, '.env').entries.map(entry => [entry.name, entry.text]));

test.each([
  ['A=1', { A: '1' }],
  ['export A=1', { A: '1' }],
  ['A = 1', { A: '1' }],
  ['A: 1', { A: '1' }],
  ['A=', { A: '' }],
  ['A=a b # note', { A: 'a b' }],
  ['A=a#b', { A: 'a#b' }],
  ['A="a # b" # note', { A: 'a # b' }],
  ["A='$B'", { A: '$B' }],
  ['A="line\\nnext"', { A: 'line\nnext' }],
  ['KEY="-----BEGIN\nabc\n-----END"\nB=2', { KEY: '-----BEGIN\nabc\n-----END', B: '2' }],
  ['A="not closed\nB=2', { A: '"not closed', B: '2' }],
  ['\uFEFFA=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['# A=1\n\n   \n', {}],
  ['URL=postgres://u:p@h/d?x=1', { URL: 'postgres://u:p@h/d?x=1' }],
  ['SECRET_KEY', { SECRET_KEY: '' }],
])('%j', (text, expected) => {
  expect(values(text)).toEqual(expected);
});

test('values are terms with their lines', () => {
  const [, second, third] = parseEnv("A=1\nB=${A:-2}/x\nC='$A'\n", '.env').entries;
  expect(second).toMatchObject({
    at: { path: '.env', startLine: 2 },
    value: { kind: 'text', parts: [{ kind: 'env', name: 'A', fallback: { value: '2' } }, { value: '/x' }] },
  });
  expect(third?.value).toMatchObject({ kind: 'literal', value: '$A' });
});

test('what is commented out is kept apart, what is strange is said', () => {
  const content = parseEnv('# SENTRY_DSN=\n# a sentence = no\n<html>\n', '.env');
  expect(content.commented.map(({ name }) => name)).toEqual(['SENTRY_DSN']);
  expect(content.strange).toMatchObject([{ startLine: 3 }]);
});

test('what is written in single quotes is read back', () => {
  const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/);
  const value = fc.string().map(text => text.replace(/['\r\n]/g, ''));
  fc.assert(
    fc.property(fc.dictionary(name, value), pairs => {
      const text = Object.entries(pairs).map(([key, inner]) => `${key}='${inner}'`);
      expect(values(text.join('\n'))).toEqual({ ...pairs });
    }),
  );
});

test('hostile text takes no time', () => {
  for (const text of [
    'A="\n'.repeat(20_000),
    `A=${' '.repeat(200_000)}b`,
    '\0'.repeat(1_000),
    `A="${'\\'.repeat(100_000)}`,
  ])
    expect(parseEnv(text, '.env').entries.length).toBeLessThan(20_001);
});
