import type { Repository } from '../../model/index.ts';
import type { SyntaxTree } from '../../read/syntax.ts';
import { folderOf, joinPath, plainPath } from '../../read/documents/path.ts';
import { placesOf, type Imported, type Module, type Modules } from '../code/modules.ts';
import { aliasesIn } from './aliases.ts';
import { canonicalName } from './names.ts';
import { packagesIn } from './packages.ts';
import { entriesOfPackage, importsOfPackage } from './package-entries.ts';

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** TypeScript is imported under the name of what it becomes. */
const BECOMES: readonly (readonly [written: RegExp, sources: readonly string[]])[] = [
  [/\.js$/, ['.ts', '.tsx']],
  [/\.jsx$/, ['.tsx']],
  [/\.mjs$/, ['.mts']],
  [/\.cjs$/, ['.cts']],
];

/** Where the name of an import leads: as Node, TypeScript and bundlers look for it. */
export function modulesOf(trees: readonly SyntaxTree[], repository: Repository): Modules {
  const all: Module[] = trees.map(tree => ({
    path: tree.file.path,
    folder: folderOf(tree.file.path),
    file: tree.file,
    tree,
    language: 'javascript',
    isPackage: false,
  }));
  const { byPath, byFolder, folders } = placesOf(all);
  const packages = packagesIn(repository);
  const aliases = aliasesIn(repository);

  const fileAt = (path: string): Module | undefined => {
    const exact = byPath.get(path);
    if (exact) return exact;
    for (const [written, sources] of BECOMES)
      if (written.test(path))
        for (const source of sources) {
          const found = byPath.get(path.replace(written, source));
          if (found) return found;
        }
    for (const ending of ENDINGS) {
      const found = byPath.get(path + ending);
      if (found) return found;
    }
    return undefined;
  };

  const indexIn = (folder: string): Module | undefined => {
    const main = packages.at(folder)?.main ?? '';
    return (main === '' ? undefined : fileAt(joinPath(folder, main))) ?? fileAt(joinPath(folder, 'index'));
  };

  const moduleAt = (path: string): Module | undefined => fileAt(path) ?? indexIn(path);

  const relative = (from: Module, name: string): Module | undefined => {
    const path = plainPath(from.folder === '' ? name : `${from.folder}/${name}`);
    return name.endsWith('/') || /(^|\/)\.\.?$/.test(name) ? (indexIn(path) ?? fileAt(path)) : moduleAt(path);
  };

  /** `@shop/db/client`: a package of the repository, and what it offers under that name. */
  const ofPackage = (name: string): Module | undefined => {
    const [, packageName = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(name) ?? [];
    const own = packages.named(packageName);
    if (!own) return undefined;
    return first(entriesOfPackage(own, rest), path => moduleAt(joinPath(own.folder, path)));
  };

  const known = new Map<string, Module | 'none'>();
  const inRepository = (from: Module, name: string): Module | undefined => {
    if (/^\.{0,2}\/|^\.{1,2}$/.test(name)) return relative(from, name);
    const own = name.startsWith('#') ? packages.around(from.path) : undefined;
    if (own) return first(importsOfPackage(own, name), path => moduleAt(joinPath(own.folder, path)));
    return first(aliases.candidates(from.path, name), moduleAt) ?? ofPackage(name);
  };

  const resolve: Modules['resolve'] = (from, name) => {
    const key = `${from.folder}\n${name}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = inRepository(from, name) ?? 'none'));
    return found === 'none'
      ? { kind: 'external', name: canonicalName(name) }
      : { kind: 'module', module: found };
  };

  return {
    all,
    at: path => byPath.get(path),
    child: (folder, name) => moduleAt(joinPath(folder, name)),
    hasFolder: folder => folders.has(folder),
    inFolder: folder => byFolder.get(folder) ?? [],
    resolve,
    broughtBy: (from, { module }) => [resolve(from, module, 0)],
    around: () => [],
    below(root, path): Imported | undefined {
      const module = moduleAt(joinPath(root, path));
      return module && { kind: 'module', module };
    },
  };
}

function first<T>(candidates: readonly string[], find: (path: string) => T | undefined): T | undefined {
  for (const candidate of candidates) {
    const found = find(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}
