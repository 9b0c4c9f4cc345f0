import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignmentOf, parseShell } from './shell.ts';
import { splitWords } from './split-words.ts';

const said = (text: string): readonly string[] =>
  parseShell(text, 'start.sh', 1).commands.map(({ at, words, within, after, assignments, background }) =>
    [
      `${at.startLine}`,
      ...within,
      ...(after === 'start' || after === 'end' ? [] : [after]),
      ...assignments.map(({ name, text: value }) => `${name}=${value}`),
      `[${words.map(word => word.text).join('|')}]${background ? '&' : ''}`,
    ].join(' '),
  );

test.each([
  ['gunicorn shop:app', ['1 [gunicorn|shop:app]']],
  [
    'cd src && exec gunicorn -b 0.0.0.0:${PORT:-8000} app:app',
    ['1 [cd|src]', '1 and [exec|gunicorn|-b|0.0.0.0:${PORT:-8000}|app:app]'],
  ],
  ['A=1 B="x y" python app.py', ['1 A=1 B=x y [python|app.py]']],
  ['gunicorn a:b \\\n  --workers 3 \\\n  # note\n', ['1 [gunicorn|a:b|--workers|3]']],
  ['python app.py > log.txt 2>&1 & wait', ['1 [python|app.py]&', '1 [wait]']],
  [
    'set -e\nif [ -n "$X" ]; then\n  flask db upgrade\nfi\nexec "$@"',
    ['1 [set|-e]', '2 if [[|-n|$X|]]', '3 if [flask|db|upgrade]', '5 [exec|$@]'],
  ],
  [
    'while ! nc -z db 5432;\ndo\n sleep 1;\ndone;\nflask run',
    ['1 loop [nc|-z|db|5432]', '3 loop [sleep|1]', '5 [flask|run]'],
  ],
  ['for i in 1 2; do echo $i; done', ['1 loop [echo|$i]']],
  [
    'case "$1" in\n web|api) exec gunicorn a:b ;;\n *) exec "$@" ;;\nesac\necho end',
    ['2 case [exec|gunicorn|a:b]', '3 case [exec|$@]', '5 [echo|end]'],
  ],
  [
    'run() {\n  flask run\n}\nfunction stop { kill 1; }\nrun',
    ['2 function group [flask|run]', '4 function group [kill|1]', '5 [run]'],
  ],
  ['(cd a && run) || true', ['1 group [cd|a]', '1 group and [run]', '1 or [true]']],
  ['cat <<EOF | tee x\nflask run\nEOF\nnext', ['1 [cat]', '1 pipe [tee|x]', '4 [next]']],
  ['echo "a # b" # c', ['1 [echo|a # b]']],
  ['bash -c \'flask run && echo "x"\'', ['1 [bash|-c|flask run && echo "x"]']],
  [
    'python manage.py migrate --noinput;\r\ngunicorn shop.wsgi\r\n',
    ['1 [python|manage.py|migrate|--noinput]', '2 [gunicorn|shop.wsgi]'],
  ],
  [': "${DATABASE_URL:?must be set}"', ['1 [:|${DATABASE_URL:?must be set}]']],
  ['wait-for-it.sh db:5432 -- gunicorn a:b', ['1 [wait-for-it.sh|db:5432|--|gunicorn|a:b]']],
])('%j', (text, expected) => {
  expect(said(text)).toEqual(expected);
});

test('a script says whether an error stops it', () => {
  const stops = (text: string): boolean => parseShell(text, 'start.sh', 1).stopsOnError;
  expect(['set -e', 'set -euo pipefail', 'set -o errexit', '#!/bin/sh -e\necho'].map(stops)).not.toContain(
    false,
  );
  expect(['set -u', '#!/bin/bash', 'echo -e'].map(stops)).not.toContain(true);
});

test('an open quote is noticed', () => {
  expect(parseShell('exec "$@', 'start.sh', 1)).toMatchObject({ complete: false });
  expect(parseShell("echo 'it''s'", 'start.sh', 1)).toMatchObject({ complete: true });
});

test('variables in words become terms', () => {
  const [command] = parseShell('gunicorn -b "0.0.0.0:${PORT:-8000}"', 'start.sh', 7).commands;
  expect(command?.words[2]?.term).toMatchObject({
    kind: 'text',
    parts: [{ value: '0.0.0.0:' }, { kind: 'env', name: 'PORT', fallback: { value: '8000' } }],
  });
  expect(command?.at.startLine).toBe(7);
});

test('an assignment is a name and a term', () => {
  const [command] = parseShell('URL=redis://$HOST/0 rq worker', 'start.sh', 1).commands;
  expect(command?.assignments[0]).toMatchObject({
    name: 'URL',
    text: 'redis://$HOST/0',
    value: { kind: 'text', parts: [{ value: 'redis://' }, { name: 'HOST' }, { value: '/0' }] },
  });
  const word = parseShell('export A=b', 'start.sh', 1).commands[0]?.words[1];
  expect(word && assignmentOf(word)).toMatchObject({ name: 'A', value: { value: 'b' } });
});

test.each([
  ['gunicorn "my app:app" -w 4', ['gunicorn', 'my app:app', '-w', '4']],
  ["sh -c 'a && b'", ['sh', '-c', 'a && b']],
  ['a && b', ['a', '&&', 'b']],
  ['a\\ b ""', ['a b', '']],
  ['bash -c "python a\n  && flask run"', ['bash', '-c', 'python a\n  && flask run']],
  ['', []],
])('shlex splits %j', (text, expected) => {
  expect(splitWords(text)).toEqual(expected);
});

test('words in quotes come back as they were', () => {
  const word = fc.string({ minLength: 1 }).map(text => text.replace(/['\0]/g, 'q'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), words => {
      const text = words.map(each => `'${each}'`).join(' ');
      expect(splitWords(text)).toEqual(words);
      const [command] = parseShell(`run ${text}`, 'start.sh', 1).commands;
      expect(command?.words.slice(1).map(each => each.text)).toEqual(
        words.map(each => each.replace(/\r\n/g, '\n')),
      );
    }),
  );
});

test('no text breaks it', () => {
  const piece = fc.constantFrom(
    ...[
      '"',
      "'",
      '`',
      '$(',
      ')',
      '(',
      '{',
      '}',
      ';',
      '&&',
      '|',
      '<<E',
      '\n',
      '\\',
      'if ',
      'fi',
      ' case x in',
      'a',
      ' ',
      '#',
      '\0',
      '>',
      'E',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      expect(parseShell(pieces.join(''), 'start.sh', 1).commands.length).toBeLessThan(100);
    }),
  );
  for (const text of [
    '$('.repeat(50_000),
    '"'.repeat(50_001),
    'cat <<E\n'.repeat(20_000),
    '('.repeat(50_000),
  ])
    expect(parseShell(text, 'start.sh', 1).commands.length).toBeLessThan(50_001);
});
