import type { Repository, SourceFile } from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { readJson } from '../../../read/documents/json.ts';
import { folderOf, isBelow, joinPath } from '../../../read/documents/path.ts';
import { below, textOf, textsOf, type Tree } from '../../../read/documents/tree.ts';

/** What a tsconfig says of where the compiler puts what it makes. Folders are relative to the repository. */
export interface Compiled {
  readonly path: string;
  readonly outDir: string;
  /** What stands in front of the path of a source and is left out in `outDir`; several where nothing says it. */
  readonly rootDirs: readonly string[];
}

/** tsconfigs that extend each other in a circle. */
const DEEPEST = 10;

/** The files that a tsconfig is made of, itself first. */
function chainOf(repository: Repository, file: SourceFile, depth = 0): readonly Part[] {
  const tree = contentOf(readJson(file));
  if (!tree || depth > DEEPEST) return [];
  const folder = folderOf(file.path);
  const bases = textsOf(below(tree, 'extends')).toReversed();
  return [
    { tree, folder },
    ...bases.flatMap(name => {
      const path = joinPath(folder, /\.json$/.test(name) ? name : `${name}.json`);
      const base = name.startsWith('.') ? repository.file(path) : undefined;
      return base ? chainOf(repository, base, depth + 1) : [];
    }),
  ];
}

interface Part {
  readonly tree: Tree;
  readonly folder: string;
}

/** Folders of a tsconfig are meant from the file that names them; `${configDir}` from the one that is asked for. */
function folderIn(parts: readonly Part[], key: string): string | undefined {
  for (const { tree, folder } of parts) {
    const text = textOf(below(tree, 'compilerOptions', key));
    if (text === undefined) continue;
    return /^\$\{configDir\}\/?/.test(text)
      ? joinPath(parts[0]?.folder ?? '', text.replace(/^\$\{configDir\}\/?/, '') || '.')
      : joinPath(folder, text);
  }
  return undefined;
}

/** Where the compiler starts to count when nothing is said: the folder that all its files have in common. */
function likelyRoots(parts: readonly Part[], folder: string): readonly string[] {
  const include =
    parts.map(({ tree }) => textsOf(below(tree, 'include'))).find(each => each.length > 0) ?? [];
  const named = include.map(pattern => joinPath(folder, pattern.replace(/\/?[*{].*$/, '') || '.'));
  return [...new Set([...(named.length === 1 ? named : []), joinPath(folder, 'src'), folder])];
}

export function compiledBy(repository: Repository, file: SourceFile): Compiled | undefined {
  const parts = chainOf(repository, file);
  const folder = folderOf(file.path);
  const outDir = folderIn(parts, 'outDir');
  if (outDir === undefined) return undefined;
  const rootDir = folderIn(parts, 'rootDir');
  return {
    path: file.path,
    outDir,
    rootDirs: rootDir === undefined ? likelyRoots(parts, folder) : [rootDir],
  };
}

/** The tsconfigs of a package: those that builds use by their name before the others. */
export function tsconfigsOf(repository: Repository, folder: string): readonly SourceFile[] {
  return repository.files
    .filter(({ path }) => isBelow(path, folder) && /(^|\/)tsconfig[\w.-]*\.json$/.test(path))
    .filter(({ path }) => path.slice(folder.length).split('/').filter(Boolean).length <= 2)
    .toSorted((one, other) => rank(one.path) - rank(other.path));
}

const rank = (path: string): number =>
  /build|prod|server/.test(path) ? 0 : path.endsWith('tsconfig.json') ? 1 : 2;
