import type { Location, Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readJson } from '../../read/documents/json.ts';
import { baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { below, entriesOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';

export interface PackageScript {
  readonly text: string;
  readonly at: Location;
}

/** A package.json with what says how it is built and run. */
export interface NodePackage {
  readonly folder: string;
  readonly path: string;
  readonly name: string;
  readonly scripts: ReadonlyMap<string, PackageScript>;
  /** What it needs when it runs, and what only its build needs. */
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  /** The file that stands for it; empty when nothing is said. */
  readonly main: string;
  /** Patterns of the folders of its workspaces. */
  readonly workspaces: readonly string[];
  readonly tree: Tree;
}

export interface NodePackages {
  readonly all: readonly NodePackage[];
  at(folder: string): NodePackage | undefined;
  named(name: string): NodePackage | undefined;
  /** The innermost package that a path stands in. */
  around(path: string): NodePackage | undefined;
}

const known = new WeakMap<Repository, NodePackages>();

/** All packages of a repository, read once. */
export function packagesIn(repository: Repository): NodePackages {
  const before = known.get(repository);
  if (before) return before;
  const all = repository.files
    .filter(
      ({ path, role }) => baseName(path) === 'package.json' && role !== 'vendored' && role !== 'generated',
    )
    .flatMap(file => packageOf(file, repository) ?? []);
  const byFolder = new Map(all.map(each => [each.folder, each]));
  const byName = new Map(all.map(each => [each.name, each]));
  const packages: NodePackages = {
    all,
    at: folder => byFolder.get(folder),
    named: name => byName.get(name),
    around(path) {
      for (let folder = folderOf(path); ; folder = folderOf(folder)) {
        const found = byFolder.get(folder);
        if (found || folder === '' || folder === '/') return found;
      }
    },
  };
  known.set(repository, packages);
  return packages;
}

const keysBelow = (tree: Tree, key: string): readonly string[] =>
  entriesOf(below(tree, key)).map(entry => entry.key);

function packageOf(file: SourceFile, repository: Repository): NodePackage | undefined {
  const tree = contentOf(readJson(file));
  if (tree?.kind !== 'map') return undefined;
  const folder = folderOf(file.path);
  const scripts = entriesOf(below(tree, 'scripts')).flatMap(({ key, value, at }) => {
    const text = textOf(value);
    return text === undefined ? [] : [[key, { text, at }] as const];
  });
  return {
    folder,
    path: file.path,
    name: textOf(below(tree, 'name')) ?? '',
    scripts: new Map(scripts),
    dependencies: new Set([...keysBelow(tree, 'dependencies'), ...keysBelow(tree, 'optionalDependencies')]),
    devDependencies: new Set(keysBelow(tree, 'devDependencies')),
    main: textOf(below(tree, 'main')) ?? '',
    workspaces: workspacesOf(tree, folder, repository),
    tree,
  };
}

/** `workspaces` of npm, yarn and bun, `packages` of pnpm and lerna. */
function workspacesOf(tree: Tree, folder: string, repository: Repository): readonly string[] {
  const own = below(tree, 'workspaces');
  const pnpm = repository.file(joinPath(folder, 'pnpm-workspace.yaml'));
  const lerna = repository.file(joinPath(folder, 'lerna.json'));
  return [
    ...textsOf(own),
    ...textsOf(below(own, 'packages')),
    ...textsOf(below(pnpm && contentOf(readYaml(pnpm))?.documents[0], 'packages')),
    ...textsOf(below(lerna && contentOf(readJson(lerna)), 'packages')),
  ];
}

/** Whether a package has a dependency of this name, at run time or for its build. */
export const hasDependency = (each: NodePackage, ...names: readonly string[]): boolean =>
  names.some(name => each.dependencies.has(name) || each.devDependencies.has(name));
