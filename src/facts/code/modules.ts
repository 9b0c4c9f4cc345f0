import type { SourceFile } from '../../model/index.ts';
import type { SyntaxTree } from '../../read/syntax.ts';

/** One Python file of the repository. */
export interface Module {
  readonly path: string;
  readonly folder: string;
  readonly file: SourceFile;
  readonly tree: SyntaxTree;
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
  /** Looks below one root only: what `gunicorn a.b:app` does in its working directory. */
  below(root: string, dotted: string): Imported | undefined;
}

export const joinPath = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export function modulesOf(trees: readonly SyntaxTree[], roots: readonly string[] = []): Modules {
  const all: Module[] = trees.map(tree => ({
    path: tree.file.path,
    folder: folderOf(tree.file.path),
    file: tree.file,
    tree,
    isPackage: tree.file.path.endsWith('__init__.py'),
  }));
  const byPath = new Map(all.map(module => [module.path, module]));
  const byFolder = new Map<string, Module[]>();
  const folders = new Set<string>(['']);
  for (const module of all) {
    const list = byFolder.get(module.folder);
    if (list) list.push(module);
    else byFolder.set(module.folder, [module]);
    for (let folder = module.folder; folder !== ''; folder = folderOf(folder)) folders.add(folder);
  }
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

  /** Where Python would look: the given roots, then the folders above that are no packages. */
  const rootsFor = (module: Module): string[] => {
    const found = new Set(roots);
    for (let folder = module.folder; ; folder = folderOf(folder)) {
      if (!byPath.has(joinPath(folder, '__init__.py'))) {
        found.add(folder);
        found.add(joinPath(folder, 'src'));
      }
      if (folder === '') return [...found];
    }
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

  return {
    all,
    at: path => byPath.get(path),
    child,
    hasFolder: folder => folders.has(folder),
    inFolder: folder => byFolder.get(folder) ?? [],
    below,
    resolve(from, dotted, level) {
      if (level === 0) return resolveAbsolute(from, dotted);
      let base = from.folder;
      for (let i = 1; i < level; i++) base = folderOf(base);
      return below(base, dotted) ?? { kind: 'external', name: `${'.'.repeat(level)}${dotted}` };
    },
  };
}
