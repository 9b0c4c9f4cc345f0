import { expect, test } from 'vitest';
import type { Manifest, Package } from '../../model/index.ts';
import { repositoryOf } from '../../read/memory.ts';
import npm from './npm.ts';
import python from './python.ts';

type Texts = Readonly<Record<string, string>>;

const factsIn = (texts: Texts) => [...python.extract(repositoryOf(texts))];
const said = (texts: Texts): readonly string[] =>
  factsIn(texts)
    .filter((fact): fact is Package => fact.kind === 'package')
    .map(
      ({ name, specifier, group, version, at }) =>
        `${name}${specifier} ${group} ${version && `=${version} `}${at.path}:${at.startLine}`,
    );
const manifestIn = (texts: Texts): Manifest | undefined =>
  factsIn(texts).find((fact): fact is Manifest => fact.kind === 'manifest');

test.each<[string, Texts, readonly string[]]>([
  [
    'requirements, includes and groups by name',
    {
      'requirements.txt': 'Flask==3.0.0\n-r requirements/base.txt\n',
      'requirements/base.txt': 'gunicorn>=20\n',
      'requirements-dev.txt': 'pytest\n',
    },
    [
      'pytest development requirements-dev.txt:1',
      'flask==3.0.0 production =3.0.0 requirements.txt:1',
      'gunicorn>=20 production requirements/base.txt:1',
    ],
  ],
  [
    'a file that only -r names',
    { 'requirements.txt': '-r deps/web.list\n', 'deps/web.list': 'flask\n' },
    ['flask production deps/web.list:1'],
  ],
  [
    'PEP 621, extras and groups',
    {
      'pyproject.toml':
        '[project]\nname = "shop"\ndependencies = [\n  "flask>=3",\n]\n[project.optional-dependencies]\nmail = ["aiosmtplib"]\ntest = ["pytest"]\n[dependency-groups]\ndev = ["ruff"]\n',
    },
    [
      'flask>=3 production pyproject.toml:4',
      'aiosmtplib optional pyproject.toml:7',
      'pytest development pyproject.toml:8',
      'ruff development pyproject.toml:10',
    ],
  ],
  [
    'poetry with its lock',
    {
      'pyproject.toml':
        '[tool.poetry.dependencies]\npython = "^3.11"\nflask = "^3.0"\nuvicorn = {version = "1.0", extras = ["standard"]}\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n',
      'poetry.lock': '[[package]]\nname = "flask"\nversion = "3.0.2"\n',
    },
    [
      'flask^3.0 production =3.0.2 pyproject.toml:3',
      'uvicorn==1.0 production =1.0 pyproject.toml:4',
      'pytest development pyproject.toml:6',
    ],
  ],
  [
    'Pipfile',
    {
      Pipfile: '[packages]\nflask = "*"\n[dev-packages]\npytest = "==8.0"\n',
      'Pipfile.lock': '{"default": {"flask": {"version": "==3.0.1"}}}',
    },
    ['flask production =3.0.1 Pipfile:2', 'pytest==8.0 development =8.0 Pipfile:4'],
  ],
  [
    'setup.cfg',
    {
      'setup.cfg':
        '[options]\ninstall_requires =\n    flask>=2\n    gunicorn\n[options.extras_require]\ntest = pytest\n',
    },
    ['flask>=2 production setup.cfg:3', 'gunicorn production setup.cfg:4', 'pytest development setup.cfg:6'],
  ],
  [
    'setup.py with a literal list',
    {
      'setup.py':
        'from setuptools import setup\nsetup(\n  name="shop",\n  install_requires=[\n    "flask[async]>=2",  # "not this"\n    \'gunicorn\',\n  ],\n)\n',
    },
    ['flask>=2 production setup.py:5', 'gunicorn production setup.py:6'],
  ],
  [
    'conda',
    {
      'environment.yml': 'dependencies:\n  - python=3.11\n  - numpy=1.26=py311\n  - pip:\n    - flask==3.0\n',
    },
    ['numpy==1.26 production =1.26 environment.yml:3', 'flask==3.0 production =3.0 environment.yml:5'],
  ],
  [
    'settings of tools alone',
    {
      'pyproject.toml': '[tool.black]\nline-length = 100\n',
      'setup.cfg': '[flake8]\nmax-line-length = 100\n',
    },
    [],
  ],
  [
    'files that do not parse',
    { 'pyproject.toml': '[project\n', Pipfile: '\0', 'environment.yml': '['.repeat(1_000) },
    [],
  ],
])('%s', (_, texts, expected) => {
  expect(said(texts)).toEqual(expected);
});

test('a manifest names its lock file, its runtime, and what it misses', () => {
  expect(
    manifestIn({
      'pyproject.toml':
        '[project]\nname = "shop"\nrequires-python = ">=3.11"\n[project.scripts]\nshop = "shop:main"\n',
      'uv.lock': '',
    }),
  ).toMatchObject({
    lockFile: 'uv.lock',
    runtime: '>=3.11',
    name: 'shop',
    scripts: { shop: 'shop:main' },
  });
  expect(manifestIn({ 'requirements.txt': '-r base.txt\n-r requirements.txt\n' })).toMatchObject({
    missing: ['base.txt'],
    includes: [],
  });
});

test('package.json: packages, scripts, lock file, start', () => {
  const facts = [
    ...npm.extract(
      repositoryOf({
        'web/package.json':
          '{\n  "name": "web",\n  "scripts": {"start": "node server.js"},\n  "dependencies": {"express": "4.18.2"},\n  "devDependencies": {"jest": "^29"}\n}',
        'package-lock.json': '{}',
      }),
    ),
  ];
  expect(facts).toMatchObject([
    { kind: 'manifest', lockFile: 'package-lock.json', scripts: { start: 'node server.js' } },
    { kind: 'package', name: 'express', pinned: true, version: '4.18.2', at: { startLine: 4 } },
    { kind: 'package', name: 'jest', group: 'development', pinned: false },
    {
      kind: 'startCommand',
      source: 'package-script',
      commands: [['node', 'server.js']],
      workdir: 'web',
      at: { startLine: 3 },
    },
  ]);
  expect([...npm.extract(repositoryOf({ 'package.json': '[]', 'a/package.json': '{' }))]).toEqual([]);
});
