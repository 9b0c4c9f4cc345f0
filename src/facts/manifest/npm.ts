import type { Manifest, Package, Repository, SourceFile, StartCommand } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { below, entriesOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { shellCommands } from '../container/command-line.ts';
import { packagesIn, type NodePackage } from '../javascript/packages.ts';
import { defineDocumentExtractor } from '../define.ts';

const LOCKS = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lockb',
  'bun.lock',
];
const GROUPS = [
  ['dependencies', 'production'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'optional'],
] as const;

const isExact = (range: string): boolean => /^=?\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/.test(range);

function lockOf(file: SourceFile, repository: Repository): string {
  // A workspace has one lock file at its root.
  const folders = [folderOf(file.path), ''];
  return (
    folders
      .flatMap(folder => LOCKS.map(name => joinPath(folder, name)))
      .find(path => repository.exists(path)) ?? ''
  );
}

/** The manifests of the packages in a workspace: `apps/*`, `packages/**`. */
function membersOf(file: SourceFile, repository: Repository): readonly string[] {
  const packages = packagesIn(repository);
  const own = packages.at(folderOf(file.path));
  const patterns = (own?.workspaces ?? [])
    .filter(each => !each.startsWith('!'))
    .map(each => folderPattern(own, each));
  return packages.all
    .filter(({ folder, path }) => path !== file.path && patterns.some(pattern => pattern.test(folder)))
    .map(({ path }) => path);
}

const folderPattern = (own: NodePackage | undefined, pattern: string): RegExp =>
  new RegExp(
    `^${joinPath(own?.folder ?? '', pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*?/g, stars => (stars === '**' ? '.*' : '[^/]*'))}$`,
  );

function* readPackage(
  file: SourceFile,
  repository: Repository,
): Generator<Package | Manifest | StartCommand> {
  const tree = contentOf(readJson(file));
  if (tree?.kind !== 'map') return;
  const scripts = below(tree, 'scripts');
  const at = { path: file.path, startLine: 1, endLine: tree.at.endLine };
  yield {
    kind: 'manifest',
    at,
    path: file.path,
    ecosystem: 'node',
    format: 'package-json',
    group: 'production',
    includes: membersOf(file, repository),
    missing: [],
    lockFile: lockOf(file, repository),
    runtime: textOf(below(tree, 'engines', 'node')) ?? '',
    scripts: Object.fromEntries(entriesOf(scripts).map(({ key, value }) => [key, textOf(value) ?? ''])),
    name: textOf(below(tree, 'name')) ?? '',
  };
  for (const [key, group] of GROUPS) yield* packageFacts(below(tree, key), group, key, file.path);
  yield* startOf(scripts, file, textOf(below(tree, 'name')) ?? '');
}

function* packageFacts(
  table: Tree | undefined,
  group: Package['group'],
  groupName: string,
  manifest: string,
): Generator<Package> {
  for (const { key, value, at } of entriesOf(table)) {
    const specifier = textOf(value) ?? '';
    const pinned = isExact(specifier);
    yield {
      kind: 'package',
      at,
      ecosystem: 'node',
      name: key,
      extras: [],
      specifier,
      pinned,
      version: pinned ? specifier.replace(/^=/, '') : '',
      group,
      groupName: groupName === 'dependencies' ? '' : groupName,
      marker: '',
      hashed: false,
      manifest,
    };
  }
}

/** Names of scripts that start a service, the one for production first. */
const STARTS = [/^((start|serve)[:-])?(prod|production)$/, /^start$/, /^serve$/];
const DEVELOPS = /^(dev|start[:-]dev|start[:-]development|develop)$/;

/** `npm start` is what a platform runs when nothing else is said; beside a script for production it is for the desk. */
function* startOf(scripts: Tree | undefined, file: SourceFile, name: string): Generator<StartCommand> {
  const entries = entriesOf(scripts);
  const production = STARTS.find(pattern => entries.some(({ key }) => pattern.test(key)));
  for (const script of entries) {
    const text = textOf(script.value) ?? '';
    const starts = STARTS.some(pattern => pattern.test(script.key));
    if (!starts && !DEVELOPS.test(script.key)) continue;
    yield {
      kind: 'startCommand',
      at: script.at,
      source: 'package-script',
      stage: production?.test(script.key) === true ? 'production' : 'development',
      text,
      commands: shellCommands(text, script.at),
      form: 'shell',
      workdir: folderOf(file.path),
      image: '',
      folder: folderOf(file.path),
      environment: {},
      name: name === '' ? script.key : `${name}:${script.key}`,
    };
  }
}

/** package.json: what a Node project declares, and how it is started. */
export default defineDocumentExtractor({
  id: 'manifest/npm',
  produces: ['package', 'manifest', 'startCommand'],

  *extract(repository) {
    for (const file of repository.files)
      if (baseName(file.path) === 'package.json' && (file.role === 'production' || file.role === 'script'))
        yield* readPackage(file, repository);
  },
});
