import { expect, test } from 'vitest';
import type { SourceFile } from '../../model/index.ts';
import { contentOf, type Document } from './document.ts';
import { readDockerfile } from './dockerfile.ts';
import { sectionsOf } from './ini.ts';
import { parseJson } from './json.ts';
import { parseMarkdown } from './markdown.ts';
import { directivesIn } from './nginx.ts';
import { isPinned, parseRequirement, requirementLines } from './requirements.ts';
import { parseSql } from './sql.ts';
import { parseToml } from './toml.ts';
import type { Tree } from './tree.ts';

const file = (text: string, path = 'Dockerfile'): SourceFile => ({
  path,
  text,
  role: 'production',
  tracked: 'yes',
});

/** `value@line`, maps as objects with `key@first-last`. */
const lined = (tree: Tree | undefined): unknown => {
  if (tree?.kind === 'map')
    return Object.fromEntries(
      tree.entries.map(({ key, at, value }) => [`${key}@${at.startLine}-${at.endLine}`, lined(value)]),
    );
  if (tree?.kind === 'list') return tree.items.map(lined);
  return tree && `${tree.text}@${tree.at.startLine}`;
};

const content = (document: Document<Tree>): unknown => lined(contentOf(document));

test('JSON has lines; comments and last commas are tolerated', () => {
  expect(
    content(parseJson('{\n  // start\n  "name": "shop",\n  "ports": [80,\n 443,],\n /* x */\n}\n', 'a.json')),
  ).toEqual({
    'name@3-3': 'shop@3',
    'ports@4-5': ['80@4', '443@5'],
  });
});

test.each(['{"a": }', '{"a" 1}', '[1', '{"a": 1} x', '"open', '', '['.repeat(10_000), '/*'.repeat(50_000)])(
  'JSON that is broken is a problem: %.20s',
  text => {
    expect(parseJson(text, 'a.json').state).toBe('problem');
  },
);

test('TOML has lines for tables, arrays, inline tables and dotted keys', () => {
  const text =
    '[project]\ndependencies = [\n  "flask>=2", # web\n  \'gunicorn\',\n]\n[tool.poetry.dependencies]\nuvicorn = {version = "1.0", extras = ["standard"]}\n[[tool.x]]\na = 1\n[[tool.x]]\nb.c = """\nm\n"""\n';
  expect(content(parseToml(text, 'pyproject.toml'))).toMatchObject({
    'project@1-5': { 'dependencies@2-5': ['flask>=2@3', 'gunicorn@4'] },
    'tool@6-6': {
      'poetry@6-6': {
        'dependencies@6-7': { 'uvicorn@7-7': { 'version@7-7': '1.0@7', 'extras@7-7': ['standard@7'] } },
      },
      'x@8-8': [{ 'a@9-9': '1@9' }, { 'b@11-11': { 'c@11-13': 'm\n@11' } }],
    },
  });
});

test.each(['a = \n', '[a\n', 'a = 1\na = 2\n', `a = ${'['.repeat(5_000)}`])(
  'TOML that is broken: %.20s',
  text => {
    expect(parseToml(text, 'a.toml').state).toBe('problem');
  },
);

test('INI: indented lines go on, comments go away', () => {
  const [section] = sectionsOf(
    '[options]\ninstall_requires =\n  flask\n  gunicorn>=20 ; note\n; c\nx: y\n',
    'setup.cfg',
    'configparser',
  );
  expect(section?.entries).toMatchObject([
    { key: 'install_requires', value: 'flask\ngunicorn>=20', at: { startLine: 2, endLine: 4 } },
    { key: 'x', value: 'y' },
  ]);
});

test('units: a backslash goes on, keys repeat', () => {
  const [section] = sectionsOf(
    '[Service]\nExecStart=/usr/bin/gunicorn \\\n  -w 4 app:app\nEnvironment=A=1\nEnvironment=B=2 ; text\n',
    'shop.service',
    'systemd',
  );
  expect(section?.entries.map(({ key, value }) => `${key}:${value}`)).toEqual([
    'ExecStart:/usr/bin/gunicorn -w 4 app:app',
    'Environment:A=1',
    'Environment:B=2 ; text',
  ]);
});

test.each([
  ['Flask_Cors>=2.0, <3 # web', { kind: 'package', name: 'flask-cors', specifier: '>=2.0,<3' }],
  [
    'uvicorn[standard]==0.2 ; python_version < "3.12"',
    { name: 'uvicorn', extras: ['standard'], specifier: '==0.2', marker: 'python_version < "3.12"' },
  ],
  ['-r base.txt', { kind: 'include', path: 'base.txt', constraint: false }],
  ['-c limits.txt', { kind: 'include', constraint: true }],
  ['--requirement=base.txt', { kind: 'include', path: 'base.txt' }],
  ['--index-url https://pypi.example', { kind: 'option' }],
  ['-e .', { kind: 'source', from: '.', editable: true }],
  ['git+https://host/x.git#egg=shop', { kind: 'source', name: 'shop' }],
  ['shop @ https://host/x.whl', { kind: 'source', name: 'shop' }],
  [
    'requests==2.0 \\\n  --hash=sha256:a \\\n  --hash=sha256:b',
    { name: 'requests', hashed: true, at: { startLine: 1, endLine: 3 } },
  ],
  ['flask', { name: 'flask', specifier: '' }],
])('requirement %j', (text, expected) => {
  expect(requirementLines(text, 'requirements.txt')).toMatchObject([expected]);
});

test('only one version is a pin', () => {
  expect(['==1.2.3', '===1.2', '==1.*', '>=1', '~=1.2', '==1.0,<2', ''].map(isPinned)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('hostile requirements take no time', () => {
  for (const text of [
    `a${' '.repeat(100_000)}b`,
    'a\\\n'.repeat(50_000),
    'a>=1,'.repeat(10_000),
    'a-'.repeat(50_000),
  ])
    expect(requirementLines(text, 'r.txt').length).toBeLessThan(3);
  expect(parseRequirement(`a${' '.repeat(3_900)}b`)).toBeUndefined();
});

test('Dockerfile: lines, flags, continuations, here-documents', () => {
  const document = readDockerfile(
    file(
      '# syntax=docker/dockerfile:1\nARG PY=3.11\nFROM python:${PY} AS Base\nRUN apt-get update && \\\n    # a comment\n    apt-get install -y curl \\\n\n    git\nRUN <<EOF\npip install flask\nEOF\nCOPY --chown=app --from=base ["a b", "c/"]\nCMD [\'flask\', \'run\']\n',
    ),
  );
  const [stage] = contentOf(document)?.stages ?? [];
  expect(stage).toMatchObject({ name: 'base', base: 'python:${PY}' });
  expect(stage?.instructions).toMatchObject([
    {
      keyword: 'RUN',
      at: { startLine: 4, endLine: 8 },
      text: 'apt-get update &&     apt-get install -y curl     git',
    },
    { keyword: 'RUN', heredocs: ['pip install flask'] },
    {
      keyword: 'COPY',
      flags: [
        ['chown', 'app'],
        ['from', 'base'],
      ],
      json: ['a b', 'c/'],
    },
    { keyword: 'CMD', json: undefined },
  ]);
});

test.each([
  ['no FROM', 'RUN ls\n', 'problem'],
  ['nothing', '', 'problem'],
  ['a NUL', 'FROM a\0b\nRUN \0\n', 'read'],
  ['an escape directive', '# escape=`\nFROM x\nRUN a `\n  b\n', 'read'],
  ['a long line', `FROM x\nRUN ${'a '.repeat(40_000)}`, 'read'],
  ['too much', `FROM x\n${'#'.repeat(100_000)}`, 'problem'],
])('Dockerfile with %s', (_, text, state) => {
  expect(readDockerfile(file(text)).state).toBe(state);
});

test('Markdown: blocks with their headings, boxes, code, links', () => {
  const { blocks, boxes, code, links, headings } = parseMarkdown(
    '# Shop #\n## Run\n1. Start:\n   ```bash\n   docker compose up\n   ```\n- [x] done `app.py`\n- [ ] open\n- ✅ ready\n[l](docs/x.md)\n~~~\nopen\n',
    'README.md',
  );
  expect(headings.map(({ text }) => text)).toEqual(['Shop', 'Run']);
  expect(blocks).toMatchObject([{ language: 'bash', line: 5, under: ['Shop', 'Run'] }, { text: 'open\n' }]);
  expect(boxes.map(({ checked }) => checked)).toEqual([true, false, true]);
  expect(code.map(({ text }) => text)).toEqual(['app.py']);
  expect(links.map(({ target }) => target)).toEqual(['docs/x.md']);
});

test('SQL: statements end where the dialect says', () => {
  const { statements, hints } = parseSql(
    "-- a; b\nCREATE TABLE [dbo].[Users] (id INT IDENTITY(1,1), n NVARCHAR(5) DEFAULT 'a;b');\nGO\nINSERT INTO orders VALUES ('it''s; ok');\nCREATE TRIGGER t ON x AS BEGIN SELECT 1; SELECT 2; END;\nDROP TABLE IF EXISTS `rates`;\nCREATE FUNCTION f() AS $$ begin a; end $$ LANGUAGE plpgsql;\nSELECT 1",
    'schema.sql',
  );
  expect(statements.map(({ verb, object, at }) => `${at.startLine} ${verb} ${object}`.trim())).toEqual([
    '2 CREATE TABLE Users',
    '4 INSERT orders',
    '5 CREATE TRIGGER t',
    '6 DROP TABLE rates',
    '7 CREATE FUNCTION f',
    '8 SELECT',
  ]);
  expect(new Set(hints.map(({ dialect }) => dialect))).toEqual(new Set(['mssql', 'mysql', 'postgres']));
});

test('hostile SQL takes no time', () => {
  for (const text of [
    "'".repeat(99_999),
    '/*'.repeat(50_000),
    '$a$ $b$'.repeat(20_000),
    'CREATE FUNCTION x BEGIN ; '.repeat(5_000),
    '\n;'.repeat(50_000),
  ])
    expect(parseSql(text, 'a.sql').statements.length).toBeLessThan(2);
});

test('nginx: blocks, quotes and comments', () => {
  const [server] = directivesIn(
    'server {\n  listen 443 ssl; # tls\n  add_header X-Frame-Options "SAMEORIGIN; x" always;\n  location / {\n    proxy_pass http://app;\n  }\n}\n',
    'nginx.conf',
    ';',
  );
  expect(server).toMatchObject({ name: 'server', at: { startLine: 1, endLine: 7 } });
  expect(server?.block.map(({ name, args }) => [name, ...args])).toEqual([
    ['listen', '443', 'ssl'],
    ['add_header', 'X-Frame-Options', 'SAMEORIGIN; x', 'always'],
    ['location', '/'],
  ]);
  expect(directivesIn('{'.repeat(50_000), 'nginx.conf', ';').length).toBeLessThan(2);
});

test.each([
  ['Shop\n====\n\nRunning\n-------\n', 'README.md', ['1 Shop', '2 Running']],
  ['a\n\n---\n\n| a | b |\n| - | - |\n\n- one\n---\n', 'README.md', []],
  ['Shop\n~~~~\n', 'README.md', []],
  ['Shop\n~~~~\n', 'README.rst', ['3 Shop']],
])('titles that are underlined: %j in %s', (text, path, expected) => {
  expect(parseMarkdown(text, path).headings.map(({ level, text: title }) => `${level} ${title}`)).toEqual(
    expected,
  );
});

test('what `::` announces in reStructuredText is a block', () => {
  const { blocks } = parseMarkdown('Run it::\n\n    make up\n\nThen wait.\n', 'README.rst');
  expect(blocks.map(({ text, line }) => [text.trim(), line])).toEqual([['make up', 2]]);
});
