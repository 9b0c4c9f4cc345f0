import type { Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { baseName, folderOf, joinPath } from '../../read/documents/path.ts';
import { below, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import { stageOfName } from '../container/compose-files.ts';
import { movedDown } from './kustomize-merge.ts';

/** One `kustomization.yaml`. */
export interface Kustomization {
  readonly file: SourceFile;
  readonly folder: string;
  readonly tree: Tree;
  readonly isComponent: boolean;
}

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization of a folder. */
export function kustomizationIn(repository: Repository, folder: string): Kustomization | undefined {
  const file = NAMES.map(name => repository.file(joinPath(folder, name))).find(each => each !== undefined);
  const tree = file && contentOf(readYaml(file))?.documents[0];
  if (!tree) return undefined;
  return { file, folder, tree, isComponent: textOf(below(tree, 'kind')) === 'Component' };
}

/** The paths that a list of a kustomization names, as seen from the repository; addresses of other places as well. */
export const pathsIn = ({ tree, folder }: Kustomization, key: string): readonly string[] =>
  textsOf(below(tree, key)).map(path => joinPath(folder, path));

/** The kustomizations that are applied as they are: no other one takes them. */
export function topKustomizations(repository: Repository): readonly Kustomization[] {
  const all = repository.files
    .filter(file => NAMES.includes(baseName(file.path)))
    .flatMap(file => kustomizationIn(repository, folderOf(file.path)) ?? []);
  const taken = new Set(
    all.flatMap(each => ['resources', 'bases', 'components'].flatMap(key => pathsIn(each, key))),
  );
  return all.filter(
    ({ file, folder, isComponent }) =>
      !isComponent && !taken.has(folder) && (file.role === 'production' || file.role === 'script'),
  );
}

const STAGING = /(^|[._-])(staging|stage|stg|qa|uat|preview|sandbox|review)([._-]|$)/i;

/** The stage that names of folders tell; the innermost says most: `deploy/overlays/dev` is for development. */
export function stageOfNames(names: readonly string[]): ReturnType<typeof stageOfName> {
  const stages = names.map(name => (STAGING.test(name) ? 'development' : stageOfName(name)));
  return stages.findLast(stage => stage !== 'unclear') ?? 'unclear';
}

/** Documents of one patch, with the text that they stand in. */
export interface Patch {
  /** `undefined` when it cannot be read. */
  readonly documents: readonly Tree[] | undefined;
  readonly target: Tree | undefined;
  readonly file: SourceFile;
  readonly length: number;
}

/** The patches of one of the lists of a kustomization. */
export function patchesIn(
  kustomization: Kustomization,
  list: 'patches' | 'patchesStrategicMerge' | 'patchesJson6902',
  repository: Repository,
): readonly Patch[] {
  return itemsOf(below(kustomization.tree, list)).map(item => {
    const isPlain = item.kind === 'scalar' || item.kind === 'template';
    const text = isPlain ? item : below(item, 'patch');
    const path = textOf(isPlain ? item : below(item, 'path')) ?? '';
    const target = isPlain ? undefined : below(item, 'target');
    const file = path.includes('\n') ? undefined : repository.file(joinPath(kustomization.folder, path));
    if (file) {
      const documents = contentOf(readYaml(file))?.documents;
      return { documents, target, file, length: file.text.length };
    }
    const documents =
      text && (!isPlain || path.includes('\n')) ? inline(text, kustomization.file) : undefined;
    return { documents, target, file: kustomization.file, length: textOf(text)?.length ?? 0 };
  });
}

const known = new WeakMap<Tree, readonly Tree[]>();

/** The documents in a text of another document, at the lines where they stand. */
function inline(tree: Tree, file: SourceFile): readonly Tree[] | undefined {
  const before = known.get(tree);
  if (before) return before;
  const text = textOf(tree);
  const content = text === undefined ? undefined : contentOf(readYaml({ ...file, text }));
  // A block begins on the line after its `|`.
  const lines = tree.at.endLine > tree.at.startLine ? tree.at.startLine : tree.at.startLine - 1;
  const documents = content?.documents.map(each => movedDown(each, lines));
  if (documents) known.set(tree, documents);
  return documents;
}
