import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Term } from '../../model/index.ts';
import { interpolate, plainText, type Dialect } from './interpolation.ts';

const at = { path: 'compose.yml', startLine: 1, endLine: 1 };
const say = (term: Term): string => {
  switch (term.kind) {
    case 'literal':
      return JSON.stringify(term.value);
    case 'env':
      return `${term.name}${term.required ? '!' : ''}${term.fallback ? `|${say(term.fallback)}` : ''}`;
    case 'text':
      return term.parts.map(say).join('+');
    case 'oneOf':
      return `(${term.options.map(({ term: inner }) => say(inner)).join(' or ')})`;
    default:
      return term.kind;
  }
};

test.each<[string, Dialect, string]>([
  ['plain', 'compose', '"plain"'],
  ['', 'compose', '""'],
  ['${SHOP_PORT}', 'compose', 'SHOP_PORT'],
  ['$SHOP_PORT', 'compose', 'SHOP_PORT'],
  ['${SHOP_PORT:-8000}', 'compose', 'SHOP_PORT|"8000"'],
  ['${SHOP_PORT-8000}', 'compose', 'SHOP_PORT|"8000"'],
  ['${SECRET_KEY:?must be set}', 'compose', 'SECRET_KEY!'],
  ['${SECRET_KEY?}', 'compose', 'SECRET_KEY!'],
  ['${A:-${B:-c}}', 'compose', 'A|B|"c"'],
  ['postgres://${U:-shop}:${P}@db/$N', 'compose', '"postgres://"+U|"shop"+":"+P+"@db/"+N'],
  ['${TLS:+s}', 'compose', '("s" or "")'],
  ['pg_isready -U $$POSTGRES_USER', 'compose', '"pg_isready -U $POSTGRES_USER"'],
  ['100$ and $ 5', 'compose', '"100$ and $ 5"'],
  ['$(hostname)', 'compose', '"$(hostname)"'],
  ['$(hostname)-a', 'shell', 'unclear+"-a"'],
  ['${X%.py}', 'shell', 'unclear'],
  ['$1', 'shell', 'unclear'],
  ['\\$HOME', 'shell', '"$HOME"'],
  ['\\$HOME', 'docker', '"$HOME"'],
  ['${PY}-slim', 'docker', 'PY+"-slim"'],
  ['$(DB_HOST):5432', 'kubernetes', 'DB_HOST+":5432"'],
  ['$DB_HOST', 'kubernetes', '"$DB_HOST"'],
  ['${open', 'compose', 'open'],
])('%s in %s', (text, dialect, expected) => {
  expect(say(interpolate(text, at, dialect))).toBe(expected);
});

test('what is set from outside has no plain text, what has defaults has', () => {
  expect(plainText(interpolate('a-${X:-b}', at, 'compose'))).toBe('a-b');
  expect(plainText(interpolate('a-${X}', at, 'compose'))).toBeUndefined();
});

test('text without a dollar or backslash stands for itself, in every dialect', () => {
  const dialects = fc.constantFrom<Dialect>('compose', 'shell', 'docker', 'kubernetes');
  fc.assert(
    fc.property(
      fc.string().map(text => text.replace(/[$\\]/g, '')),
      dialects,
      (text, dialect) => {
        expect(interpolate(text, at, dialect)).toEqual({ kind: 'literal', value: text, at });
      },
    ),
  );
});

test('no text breaks it', () => {
  const pieces = fc.array(
    fc.constantFrom('$', '{', '}', ':-', 'X', '(', ')', '\\', '"', "'", '?', '$$', '\0', 'ä'),
  );
  fc.assert(
    fc.property(pieces, fc.constantFrom<Dialect>('compose', 'shell', 'docker'), (parts, dialect) => {
      expect(interpolate(parts.join(''), at, dialect).at).toBe(at);
    }),
  );
  expect(interpolate('${A:-'.repeat(10_000), at, 'compose').kind).toBe('env');
});
