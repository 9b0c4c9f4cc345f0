import type { Manifest, Package, Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { entryIn, readIni } from '../../read/documents/ini.ts';
import { baseName, folderOf } from '../../read/documents/path.ts';
import { parseRequirement } from '../../read/documents/requirements.ts';
import { readToml } from '../../read/documents/toml.ts';
import { below, entriesOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import { defineDocumentExtractor } from '../define.ts';
import { lockFor, NO_LOCK, type Lock } from './python-locks.ts';
import { groupOf, MAIN, packageOf, packagesOfTable, packagesOfTexts } from './python-packages.ts';
import { requirementsFacts } from './requirements-files.ts';

type Read = (file: SourceFile, repository: Repository) => Iterable<Package | Manifest>;

const MANIFESTS: Readonly<Record<string, Read>> = {
  'pyproject.toml': pyproject,
  Pipfile: pipfile,
  'setup.cfg': setupCfg,
  'setup.py': setupPy,
  'environment.yml': environment,
  'environment.yaml': environment,
};

function manifestOf(
  file: SourceFile,
  format: Manifest['format'],
  lock: Lock,
  rest: Partial<Pick<Manifest, 'name' | 'runtime' | 'scripts'>> = {},
): Manifest {
  return {
    kind: 'manifest',
    at: { path: file.path, startLine: 1, endLine: 1 },
    path: file.path,
    ecosystem: format === 'environment-yml' ? 'conda' : 'python',
    format,
    group: 'production',
    includes: [],
    missing: [],
    lockFile: lock.path,
    runtime: '',
    scripts: {},
    name: '',
    ...rest,
  };
}

const textsIn = (tree: Tree | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(entriesOf(tree).map(({ key, value }) => [key, textOf(value) ?? '']));

/** PEP 621, dependency groups, and the tables of poetry, pdm and uv. */
function* pyproject(file: SourceFile, repository: Repository): Generator<Package | Manifest> {
  const tree = contentOf(readToml(file));
  const project = below(tree, 'project');
  const poetry = below(tree, 'tool', 'poetry');
  const tool = below(tree, 'tool');
  const declares =
    project ?? poetry ?? below(tree, 'dependency-groups') ?? below(tool, 'pdm') ?? below(tool, 'uv');
  if (!declares) return; // only settings of tools
  const lock = lockFor(repository, folderOf(file.path), [
    'uv.lock',
    'poetry.lock',
    'pdm.lock',
    'pylock.toml',
  ]);
  const { versions } = lock;
  yield manifestOf(file, 'pyproject', lock, {
    name: textOf(below(project, 'name')) ?? textOf(below(poetry, 'name')) ?? '',
    runtime:
      textOf(below(project, 'requires-python')) ?? textOf(below(poetry, 'dependencies', 'python')) ?? '',
    scripts: { ...textsIn(below(poetry, 'scripts')), ...textsIn(below(project, 'scripts')) },
  });
  yield* packagesOfTexts(below(project, 'dependencies'), MAIN, versions);
  for (const { key, value } of entriesOf(below(project, 'optional-dependencies')))
    yield* packagesOfTexts(value, groupOf(key, 'optional'), versions);
  for (const { key, value } of entriesOf(below(tree, 'dependency-groups')))
    yield* packagesOfTexts(value, groupOf(key, 'development'), versions);
  for (const { key, value } of entriesOf(below(tool, 'pdm', 'dev-dependencies')))
    yield* packagesOfTexts(value, { group: 'development', groupName: key }, versions);
  yield* packagesOfTexts(below(tool, 'uv', 'dev-dependencies'), groupOf('dev', 'development'), versions);
  yield* packagesOfTable(below(poetry, 'dependencies'), MAIN, versions);
  yield* packagesOfTable(below(poetry, 'dev-dependencies'), groupOf('dev', 'development'), versions);
  for (const { key, value } of entriesOf(below(poetry, 'group'))) {
    const optional = textOf(below(value, 'optional')) === 'true';
    yield* packagesOfTable(
      below(value, 'dependencies'),
      groupOf(key, optional ? 'optional' : 'production'),
      versions,
    );
  }
}

function* pipfile(file: SourceFile, repository: Repository): Generator<Package | Manifest> {
  const tree = contentOf(readToml(file));
  const lock = lockFor(repository, folderOf(file.path), ['Pipfile.lock']);
  yield manifestOf(file, 'pipfile', lock, {
    runtime: textOf(below(tree, 'requires', 'python_version')) ?? '',
    scripts: textsIn(below(tree, 'scripts')),
  });
  yield* packagesOfTable(below(tree, 'packages'), MAIN, lock.versions);
  yield* packagesOfTable(below(tree, 'dev-packages'), groupOf('dev', 'development'), lock.versions);
}

function* setupCfg(file: SourceFile): Generator<Package | Manifest> {
  const sections = contentOf(readIni(file)) ?? [];
  const options = sections.find(({ name }) => name === 'options');
  const extras = sections.find(({ name }) => name === 'options.extras_require');
  const installs = entryIn(options, 'install_requires');
  if (!installs && !extras) return; // settings of tools, or everything is in setup.py
  yield manifestOf(file, 'setup-cfg', NO_LOCK, {
    name:
      entryIn(
        sections.find(({ name }) => name === 'metadata'),
        'name',
      )?.value ?? '',
    runtime: entryIn(options, 'python_requires')?.value ?? '',
  });
  const lists = [
    ...(installs ? [{ entry: installs, group: MAIN }] : []),
    ...(extras?.entries ?? []).map(entry => ({ entry, group: groupOf(entry.key, 'optional') })),
  ];
  for (const { entry, group } of lists) {
    const lines = entry.value.split('\n');
    // The list usually begins on the line after its key.
    const first = entry.at.endLine - lines.length + 1;
    for (const [index, line] of lines.entries()) {
      const requirement = parseRequirement(line.trim());
      const at = { path: file.path, startLine: first + index, endLine: first + index };
      if (requirement) yield packageOf(requirement, at, group);
    }
  }
}

/** `install_requires=[…]` where it is a literal list; a list that is computed or read from a file is left out. */
function* setupPy(file: SourceFile): Generator<Package | Manifest> {
  if (!/\bsetup\s*\(/.test(file.text)) return;
  yield manifestOf(file, 'setup-py', NO_LOCK, {
    name: /\bname\s*=\s*["']([\w.-]+)["']/.exec(file.text)?.[1] ?? '',
    runtime: /\bpython_requires\s*=\s*["']([^"']+)["']/.exec(file.text)?.[1] ?? '',
  });
  const list = /\binstall_requires\s*=\s*\[([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]/.exec(file.text);
  if (!list) return;
  const before = file.text.slice(0, list.index + list[0].indexOf('['));
  const firstLine = before.split('\n').length;
  for (const [index, line] of (list[0].slice(list[0].indexOf('[')) + '\n').split('\n').entries()) {
    for (const [, text = ''] of line.replace(/(^|\s)#.*$/, '').matchAll(/["']([^"']+)["']/g)) {
      const requirement = parseRequirement(text);
      const at = { path: file.path, startLine: firstLine + index, endLine: firstLine + index };
      if (requirement) yield packageOf(requirement, at, MAIN);
    }
  }
}

/** A conda environment: its own packages, and those it leaves to pip. */
function* environment(file: SourceFile): Generator<Package | Manifest> {
  const [tree] = contentOf(readYaml(file))?.documents ?? [];
  const list = itemsOf(below(tree, 'dependencies'));
  if (list.length === 0) return;
  const python = list.map(item => textOf(item) ?? '').find(text => /^python\s*[=<>]/.test(text));
  yield manifestOf(file, 'environment-yml', NO_LOCK, {
    name: textOf(below(tree, 'name')) ?? '',
    runtime: python?.replace(/^python\s*/, '') ?? '',
  });
  for (const item of list) {
    yield* packagesOfTexts(below(item, 'pip'), MAIN, NO_LOCK.versions);
    // `channel::name=1.2=build`: one `=` fixes a version.
    const [, name, version = ''] = /^(?:[\w.-]+::)?([\w.-]+)\s*(.*)$/.exec(textOf(item) ?? '') ?? [];
    if (name === undefined || name === 'python') continue;
    const specifier = version.replace(/^=(?!=)([^=]*).*$/, '==$1');
    yield {
      ...packageOf(
        { name: name.toLowerCase(), extras: [], specifier, marker: '', hashed: false },
        item.at,
        MAIN,
      ),
      ecosystem: 'conda',
    };
  }
}

/** What Python projects declare: requirements files, pyproject.toml, Pipfile, setup.cfg, setup.py, environment.yml. */
export default defineDocumentExtractor({
  id: 'manifest/python',
  produces: ['package', 'manifest'],

  *extract(repository) {
    yield* requirementsFacts(repository);
    for (const file of repository.files) {
      const name = baseName(file.path);
      const read = Object.hasOwn(MANIFESTS, name) ? MANIFESTS[name] : undefined;
      if (read && file.role !== 'vendored' && file.role !== 'generated') yield* read(file, repository);
    }
  },
});
