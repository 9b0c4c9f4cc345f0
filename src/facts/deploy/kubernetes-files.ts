import type { RenderedChart, Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { baseName, folderOf, isBelow, joinPath } from '../../read/documents/path.ts';
import { effort, type Effort } from '../../read/documents/rendered-places.ts';
import { renderedTrees } from '../../read/documents/rendered.ts';
import { below, entriesOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import { kustomizedObjects, type Kustomized, type Overlay } from './kustomize.ts';

/** One Kubernetes object as it stands in a file. */
export interface Manifested {
  readonly tree: Tree;
  readonly type: string;
  readonly name: string;
  readonly namespace: string;
  readonly file: SourceFile;
  /** It stands in a template that could not be rendered. */
  readonly templated: boolean;
  /** The defaults of the chart that the template belongs to. */
  readonly values: Tree | undefined;
  /** The kustomization that it is applied with: then `tree` is what became of it there. */
  readonly overlay: Overlay | undefined;
}

const known = new WeakMap<Repository, readonly Manifested[]>();

/** Every Kubernetes object of the tree: lists opened, Helm templates rendered, or else with the values of their chart, Kustomize bases with what production lays over them. */
export function kubernetesObjects(repository: Repository): readonly Manifested[] {
  const before = known.get(repository);
  if (before) return before;
  const charts = chartsIn(repository);
  const spent = effort();
  const kustomized = kustomizedObjects(repository);
  const plain = repository.files
    .filter(({ path, role }) => (role === 'production' || role === 'script') && !kustomized.taken.has(path))
    .flatMap(file => {
      const chart = repository.rendered.find(each => isTemplateOf(each, file.path));
      if (chart) return objectsRendered(file, chart, spent);
      return isManifest(file) ? objectsIn(file, charts, repository) : [];
    });
  const objects = [...plain, ...kustomized.objects.map(overlaid)];
  known.set(repository, objects);
  return objects;
}

const isManifest = ({ path, text }: SourceFile): boolean =>
  /\.ya?ml$/.test(path) && /^[ \t]*apiVersion:/m.test(text) && /^[ \t]*kind:/m.test(text);

/** Templates of the chart itself and of those that it holds. */
const isTemplateOf = ({ folder }: RenderedChart, path: string): boolean =>
  isBelow(path, folder) &&
  /^(charts\/[^/]+\/)*templates\//.test(path.slice(folder === '' ? 0 : folder.length + 1));

/** The namespace that stands for none being said. */
const NO_NAMESPACE = 'default';

function objectsRendered(file: SourceFile, chart: RenderedChart, spent: Effort): readonly Manifested[] {
  return chart.documents
    .filter(({ path }) => path === file.path)
    .flatMap(document => opened(renderedTrees(file, document, spent)))
    .flatMap((tree): readonly Manifested[] => {
      const type = textOf(below(tree, 'kind'));
      if (type === undefined || !below(tree, 'apiVersion')) return [];
      const namespace = textOf(below(tree, 'metadata', 'namespace')) ?? NO_NAMESPACE;
      return [
        {
          tree,
          type,
          name: textOf(below(tree, 'metadata', 'name')) ?? '',
          namespace: namespace === NO_NAMESPACE ? '' : namespace,
          file,
          // What it holds may be made by chance: that it stands here in plain text is not true of the template.
          templated: type === 'Secret',
          values: undefined,
          overlay: undefined,
        },
      ];
    });
}

const opened = (trees: readonly Tree[]): readonly Tree[] =>
  trees.flatMap(tree => (textOf(below(tree, 'kind')) === 'List' ? itemsOf(below(tree, 'items')) : [tree]));

const overlaid = ({ tree, type, names, namespace, file, open, overlay }: Kustomized): Manifested => ({
  tree,
  type,
  name: names.at(-1) ?? '',
  namespace,
  file,
  templated: open,
  values: undefined,
  overlay,
});

interface Chart {
  readonly folder: string;
  readonly values: Tree | undefined;
}

function chartsIn(repository: Repository): readonly Chart[] {
  return repository.files
    .filter(file => /^Chart\.ya?ml$/.test(baseName(file.path)))
    .map(file => {
      const folder = folderOf(file.path);
      const values =
        repository.file(joinPath(folder, 'values.yaml')) ?? repository.file(joinPath(folder, 'values.yml'));
      return { folder, values: values && contentOf(readYaml(values))?.documents[0] };
    });
}

function objectsIn(
  file: SourceFile,
  charts: readonly Chart[],
  repository: Repository,
): readonly Manifested[] {
  const content = contentOf(readYaml(file));
  if (!content) return [];
  const chart = charts.find(({ folder }) => isBelow(file.path, joinPath(folder, 'templates')));
  const namespace = namespaceFor(file, repository);
  return opened(content.documents).flatMap((tree): readonly Manifested[] => {
    const type = textOf(below(tree, 'kind'));
    if (type === undefined || !below(tree, 'apiVersion')) return [];
    const values = chart?.values;
    return [
      {
        tree,
        type,
        name: resolved(below(tree, 'metadata', 'name'), values) ?? '',
        namespace: resolved(below(tree, 'metadata', 'namespace'), values) ?? namespace,
        file,
        templated: content.templated,
        values,
        overlay: undefined,
      },
    ];
  });
}

/** The namespace that the kustomization of the same folder gives. */
function namespaceFor(file: SourceFile, repository: Repository): string {
  const kustomization = repository.file(joinPath(folderOf(file.path), 'kustomization.yaml'));
  const tree = kustomization && contentOf(readYaml(kustomization))?.documents[0];
  return textOf(below(tree, 'namespace')) ?? '';
}

const VALUE =
  /\{\{-?\s*\.Values\.([\w.]+)\s*(?:\|\s*default\s+("[^"]*"|'[^']*'|[\w.-]+)\s*)?(?:\|\s*(?:quote|toString|int|squote|trim)\s*)*-?\}\}/g;

/** The text of a node, `{{ .Values.x.y }}` put in from the chart; `undefined` where an expression is left. */
export function resolved(tree: Tree | undefined, values: Tree | undefined): string | undefined {
  const text = textOf(tree);
  if (tree?.kind !== 'template' || text === undefined) return text;
  const filled = text.replace(VALUE, (expression, path: string, otherwise?: string) => {
    const value = textOf(below(values, ...path.split('.'))) ?? otherwise?.replace(/^["']|["']$/g, '');
    return value ?? expression;
  });
  return filled.includes('{{') ? undefined : filled;
}

/** A map of texts: labels, annotations, selectors. What cannot be read is left out. */
export const textMap = (tree: Tree | undefined, values: Tree | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    entriesOf(tree).flatMap(({ key, value }) => {
      const text = resolved(value, values);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
