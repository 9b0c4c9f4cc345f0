import type { SourceFile } from '../../model/index.ts';
import type { ImportSite, SyntaxTree } from '../../read/syntax.ts';

/** One Python file of the repository. */
export interface Module {
  readonly path: string;
  readonly folder: string;
  readonly file: SourceFile;
  readonly tree: SyntaxTree;
  readonly language: 'python' | 'javascript';
  /** `__init__.py` */
  readonly isPackage: boolean;
}

/** What an import comes to. */
export type Imported =
  | { readonly kind: 'module'; readonly module: Module }
  /** A folder without `__init__.py` that holds modules. */
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'external'; readonly name: string };

export interface Modules {
  readonly all: readonly Module[];
  at(path: string): Module | undefined;
  /** The module in this folder under this plain name: `name.py` or `name/__init__.py`. */
  child(folder: string, name: string): Module | undefined;
  hasFolder(folder: string): boolean;
  /** Files in a folder, not below it. */
  inFolder(folder: string): readonly Module[];
  /** `import a.b.c` or `from ..a import` seen from a module. */
  resolve(from: Module, dotted: string, level: number): Imported;
  /** All that an import brings: `import a.b` brings `a` and `a.b`. */
  broughtBy(from: Module, site: Pick<ImportSite, 'module' | 'level' | 'name'>): readonly Imported[];
  /** What is run before a module, because it lies in it: `a/__init__.py` before `a/b.py`. */
  around(module: Module): readonly Module[];
  /** Looks below one root only: what `gunicorn a.b:app` does in its working directory. */
  below(root: string, dotted: string): Imported | undefined;
}

export const joinPath = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Modules by where they lie. */
export interface Places {
  readonly byPath: ReadonlyMap<string, Module>;
  readonly byFolder: ReadonlyMap<string, readonly Module[]>;
  readonly folders: ReadonlySet<string>;
}

export function placesOf(all: readonly Module[]): Places {
  const byFolder = new Map<string, Module[]>();
  const folders = new Set<string>(['']);
  for (const module of all) {
    const list = byFolder.get(module.folder);
    if (list) list.push(module);
    else byFolder.set(module.folder, [module]);
    for (let folder = module.folder; folder !== ''; folder = folderOf(folder)) folders.add(folder);
  }
  return { byPath: new Map(all.map(module => [module.path, module])), byFolder, folders };
}

/** `isProject`: whether something is installed or built from a folder, and so started in it. */
export function modulesOf(
  trees: readonly SyntaxTree[],
  isProject: (folder: string) => boolean = () => false,
): Modules {
  const all: Module[] = trees.map(tree => ({
    path: tree.file.path,
    folder: folderOf(tree.file.path),
    file: tree.file,
    tree,
    language: 'python',
    isPackage: tree.file.path.endsWith('__init__.py'),
  }));
  const { byPath, byFolder, folders } = placesOf(all);
  const child = (folder: string, name: string) =>
    byPath.get(joinPath(folder, `${name}/__init__.py`)) ?? byPath.get(joinPath(folder, `${name}.py`));

  const below = (root: string, dotted: string): Imported | undefined => {
    if (dotted === '') return moduleOrFolder(root);
    const parts = dotted.split('.');
    const name = parts.at(-1) ?? '';
    const folder = parts.slice(0, -1).reduce(joinPath, root);
    const module = child(folder, name);
    if (module) return { kind: 'module', module };
    const own = joinPath(folder, name);
    return folders.has(own) ? { kind: 'folder', folder: own } : undefined;
  };
  const moduleOrFolder = (folder: string): Imported | undefined => {
    const module = byPath.get(joinPath(folder, '__init__.py'));
    if (module) return { kind: 'module', module };
    return folders.has(folder) ? { kind: 'folder', folder } : undefined;
  };

  /** Where Python would look: the folders above that are no packages, or are started from all the same. */
  const known = new Map<string, readonly string[]>();
  const rootsFor = ({ folder: own }: Module): readonly string[] => {
    const before = known.get(own);
    if (before) return before;
    const found = new Set<string>();
    for (let folder = own; ; folder = folderOf(folder)) {
      // What is started in the root of the repository looks there, even if somebody made it a package.
      if (folder === '' || !byPath.has(joinPath(folder, '__init__.py')) || isProject(folder)) {
        found.add(folder);
        found.add(joinPath(folder, 'src'));
      }
      if (folder === '') break;
    }
    known.set(own, [...found]);
    return [...found];
  };

  const resolveAbsolute = (from: Module, dotted: string): Imported => {
    let fallback: Imported | undefined;
    for (const root of rootsFor(from)) {
      const found = below(root, dotted);
      if (found?.kind === 'module') {
        if (found.module !== from || from.isPackage) return found;
      } else fallback ??= found;
    }
    return fallback ?? { kind: 'external', name: dotted };
  };

  const resolve: Modules['resolve'] = (from, dotted, level) => {
    if (level === 0) return resolveAbsolute(from, dotted);
    let base = from.folder;
    for (let i = 1; i < level; i++) base = folderOf(base);
    return below(base, dotted) ?? { kind: 'external', name: `${'.'.repeat(level)}${dotted}` };
  };

  return {
    all,
    at: path => byPath.get(path),
    child,
    hasFolder: folder => folders.has(folder),
    inFolder: folder => byFolder.get(folder) ?? [],
    below,
    resolve,
    broughtBy: (from, site) => broughtBy(from, site, resolve, child),
    around: module => packagesAround(module, byPath),
  };
}

/** `import a.b` brings `a` and `a.b`; `from a import b` brings `a` and, if it is a module, `a.b`. */
function broughtBy(
  from: Module,
  { level, module, name }: Parameters<Modules['broughtBy']>[1],
  resolve: Modules['resolve'],
  child: Modules['child'],
): readonly Imported[] {
  const parts = module.split('.');
  const outer = parts.map((_, index) => resolve(from, parts.slice(0, index + 1).join('.'), level));
  if (name === '') return outer;
  const origin = outer.at(-1);
  const isPackage = origin?.kind === 'module' && origin.module.isPackage;
  const folder = origin?.kind === 'folder' ? origin.folder : isPackage ? origin.module.folder : undefined;
  const brought = folder === undefined ? undefined : child(folder, name);
  return brought ? [...outer, { kind: 'module', module: brought }] : outer;
}

function packagesAround({ folder: own }: Module, byPath: Places['byPath']): readonly Module[] {
  const found: Module[] = [];
  for (let folder = own; folder !== ''; folder = folderOf(folder)) {
    const parent = byPath.get(`${folder}/__init__.py`);
    if (!parent) break;
    found.push(parent);
  }
  return found;
}
