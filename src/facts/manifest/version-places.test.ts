import { expect, test } from 'vitest';
import { repositoryOf } from '../../read/memory.ts';
import npm from './npm.ts';
import python from './python.ts';
import { versionPlaces } from './version-places.ts';

type Texts = Readonly<Record<string, string>>;

function said(texts: Texts): readonly string[] {
  const repository = repositoryOf(texts);
  const documents = [...python.extract(repository), ...npm.extract(repository)];
  return versionPlaces(repository, documents).flatMap(({ path, entries, open, complete }) => [
    ...entries.map(
      ({ name, calledAs, version, at, development }) =>
        `${path}:${at.startLine}-${at.endLine} ${name} ${version}${name === calledAs ? '' : ` as ${calledAs}`}${development ? ' dev' : ''}`,
    ),
    ...open.map(({ name, because }) => `${name}: ${because}`),
    ...(complete ? [] : ['not all']),
  ]);
}

const POETRY =
  '[tool.poetry.dependencies]\nflask = "*"\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n';
const NODE = '{"dependencies":{"express":"^4"},"devDependencies":{"vitest":"^3"}}';

test.each<[string, Texts, readonly string[]]>([
  [
    'poetry: what leads to it says what needs it',
    {
      'pyproject.toml': POETRY,
      'poetry.lock':
        '[[package]]\nname = "Flask"\nversion = "3.0.2"\n[package.dependencies]\nWerkzeug = ">=3"\n\n[[package]]\nname = "pytest"\nversion = "8.0"\n[package.dependencies]\npluggy = "*"\n\n[[package]]\nname = "pluggy"\nversion = "1.5"\n\n[[package]]\nname = "werkzeug"\nversion = "3.0.1"\n',
    },
    [
      'poetry.lock:2-3 flask 3.0.2',
      'poetry.lock:8-9 pytest 8.0 dev',
      'poetry.lock:14-15 pluggy 1.5 dev',
      'poetry.lock:18-19 werkzeug 3.0.1',
    ],
  ],
  [
    'poetry 2 and pdm say the groups',
    {
      'pyproject.toml': '[project]\ndependencies = ["flask"]\n',
      'pdm.lock':
        '[[package]]\nname = "flask"\nversion = "3.0"\ngroups = ["default", "dev"]\n[[package]]\nname = "odd"\nversion = "1"\ngroups = ["dev"]\n[[package]]\nname = "lib"\nversion = "1"\npath = "./lib"\n',
    },
    ['pdm.lock:2-3 flask 3.0', 'pdm.lock:6-7 odd 1 dev'],
  ],
  [
    'Pipfile.lock',
    {
      Pipfile: '[packages]\nflask = "*"\n',
      'Pipfile.lock':
        '{"default": {\n"flask": {\n"hashes": [],\n"version": "==3.0.2"},\n"own": {"path": "."},\n"odd": {"git": "https://x"}},\n"develop": {"pytest": {"version": "==8.0"}}}',
    },
    [
      'Pipfile.lock:2-4 flask 3.0.2',
      'Pipfile.lock:7-7 pytest 8.0 dev',
      'odd: Pipfile.lock fixes no version of it',
    ],
  ],
  [
    'a lock file that cannot be read',
    { 'pyproject.toml': POETRY, 'poetry.lock': '[[package\n' },
    [
      expect.stringContaining('flask: poetry.lock cannot be read: ') as string,
      expect.stringContaining('pytest: ') as string,
    ],
  ],
  [
    'a lock file of a kind that is not text',
    { 'package.json': NODE, 'bun.lockb': 'x' },
    ['express: bun.lockb cannot be read', 'vitest: bun.lockb cannot be read'],
  ],
  [
    'package-lock 3: folders, workspaces, aliases',
    {
      'package.json': NODE,
      'package-lock.json':
        '{"packages": {"": {},\n"node_modules/express": {\n"version": "4.17.0"},\n"node_modules/a/node_modules/@s/b": {"version": "1.0.0", "dev": true},\n"node_modules/ws": {"resolved": "packages/ws", "link": true},\n"packages/ws": {"version": "1.0.0"},\n"node_modules/q": {"name": "qs", "version": "6.0.0"}}}',
    },
    [
      'package-lock.json:2-3 express 4.17.0',
      'package-lock.json:4-4 @s/b 1.0.0 dev',
      'package-lock.json:7-7 qs 6.0.0 as q',
    ],
  ],
  [
    'package-lock 1: a tree',
    {
      'package.json': NODE,
      'package-lock.json':
        '{"dependencies": {\n"express": {"version": "4.17.0", "dependencies": {\n"qs": {"version": "6.7.0"}}},\n"vitest": {"version": "3.0.0", "dev": true},\n"q": {"version": "npm:qs@6.8.0"}}}',
    },
    [
      'package-lock.json:2-2 express 4.17.0',
      'package-lock.json:3-3 qs 6.7.0',
      'package-lock.json:4-4 vitest 3.0.0 dev',
      'package-lock.json:5-5 qs 6.8.0 as q',
    ],
  ],
  [
    'yarn 1',
    {
      'package.json': NODE,
      'yarn.lock':
        '# yarn lockfile v1\n\n\n"@s/x@^1", "@s/x@^1.2":\n  version "1.2.0"\n  resolved "https://x"\n\nexpress@^4:\n  version "4.17.0"\n  dependencies:\n    "@s/x" "^1"\n    qs "6.7.0"\n\n"qs@npm:querystring@6.7.0":\n  version "6.7.0"\n\nvitest@^3:\n  version "3.0.0"\n',
    },
    [
      'yarn.lock:4-5 @s/x 1.2.0',
      'yarn.lock:8-9 express 4.17.0',
      'yarn.lock:14-15 querystring 6.7.0 as qs',
      'yarn.lock:17-18 vitest 3.0.0 dev',
    ],
  ],
  [
    'yarn 4',
    {
      'package.json': NODE,
      'yarn.lock':
        '__metadata:\n  version: 8\n\n"express@npm:^4":\n  version: 4.17.0\n  resolution: "express@npm:4.17.0"\n  dependencies:\n    qs: "npm:6.7.0"\n  languageName: node\n\n"qs@npm:6.7.0":\n  version: 6.7.0\n\n"shop@workspace:.":\n  version: 0.0.0-use.local\n',
    },
    ['yarn.lock:4-5 express 4.17.0', 'yarn.lock:11-12 qs 6.7.0'],
  ],
  [
    'pnpm 9',
    {
      'package.json': NODE,
      'pnpm-lock.yaml':
        "lockfileVersion: '9.0'\npackages:\n  '@s/x@1.0.0':\n    resolution: {}\n  express@4.17.0:\n    resolution: {}\n  vitest@3.0.0:\n    resolution: {}\nsnapshots:\n  '@s/x@1.0.0': {}\n  express@4.17.0(peer@1.0.0):\n    dependencies:\n      '@s/x': 1.0.0\n  vitest@3.0.0: {}\n",
    },
    [
      'pnpm-lock.yaml:3-3 @s/x 1.0.0',
      'pnpm-lock.yaml:5-5 express 4.17.0',
      'pnpm-lock.yaml:7-7 vitest 3.0.0 dev',
    ],
  ],
  [
    'pnpm before',
    {
      'package.json': NODE,
      'pnpm-lock.yaml':
        'lockfileVersion: 5.4\npackages:\n  /express/4.17.0_peer@1.0.0:\n    dev: false\n  /@s/x@1.0.0(peer@2.0.0):\n    dev: true\n',
    },
    ['pnpm-lock.yaml:3-3 express 4.17.0', 'pnpm-lock.yaml:5-5 @s/x 1.0.0 dev'],
  ],
  [
    'bun',
    {
      'package.json': NODE,
      'bun.lock':
        '{"packages": {\n"express": ["express@4.17.0", "", { "dependencies": { "qs": "6.7.0" } }, "sha512-x"],\n"express/qs": ["qs@6.7.0", "", {}, "sha512-x"],\n"vitest": ["vitest@3.0.0", "", {}, "sha512-x"],\n}}',
    },
    ['bun.lock:2-2 express 4.17.0', 'bun.lock:3-3 qs 6.7.0', 'bun.lock:4-4 vitest 3.0.0 dev'],
  ],
  [
    'pins, and what has none',
    {
      'requirements.txt': 'flask==3.0\ngunicorn\nrates @ git+https://x/rates.git@4f2c1d0\n',
      'environment.yml': 'dependencies:\n  - numpy=1.2\n',
    },
    [
      'requirements.txt:1-1 flask 3.0',
      'gunicorn: requirements.txt names no version of it',
      'rates: it comes from git+https://x/rates.git@4f2c1d0',
      'not all',
      'numpy: advisories do not cover packages of conda',
      'not all',
    ],
  ],
  [
    'what is compiled is whole',
    {
      'requirements.in': 'flask\n',
      'requirements.txt': 'flask==3.0\n    # via -r requirements.in\nwerkzeug==3.0.1\n    # via flask\n',
    },
    ['requirements.txt:1-1 flask 3.0', 'requirements.txt:3-3 werkzeug 3.0.1'],
  ],
])('%s', (_, texts, expected) => {
  expect(said(texts)).toEqual(expected);
});
