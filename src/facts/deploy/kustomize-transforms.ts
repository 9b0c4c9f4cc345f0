import type { SourceFile } from '../../model/index.ts';
import { below, entriesOf, itemsOf, textOf, type Entry, type Tree } from '../../read/documents/tree.ts';
import type { Kustomization, Patch } from './kustomize-files.ts';
import { merged, nested, patched, rewritten, scalarTree } from './kustomize-merge.ts';

/** An object on its way through kustomizations. */
export interface Built {
  readonly tree: Tree;
  readonly type: string;
  /** All names that it went by, the present one last: patches may use any of them. */
  readonly names: readonly string[];
  readonly namespace: string;
  readonly file: SourceFile;
  /** Something that cannot be read may have changed it. */
  readonly open: boolean;
}

/** Applies a patch to the objects that it is for. */
export function withPatch(objects: readonly Built[], patch: Patch): readonly Built[] {
  let result = objects;
  for (const document of patch.documents ?? [undefined]) {
    result = result.flatMap(object => {
      const fits = patch.target
        ? chosen(object, patch.target)
        : document
          ? isFor(object, document)
          : 'unclear';
      if (fits === 'no') return [object];
      if (fits === 'unclear' || !document) return [{ ...object, open: true }];
      const tree = document.kind === 'list' ? patched(object.tree, document) : applied(object.tree, document);
      return tree ? [{ ...object, tree }] : [];
    });
  }
  return result;
}

/** What the patch says of name and kind only tells for which object it is. */
function applied(tree: Tree, patch: Tree): Tree | undefined {
  const entries = entriesOf(patch)
    .filter(({ key }) => key !== 'kind' && key !== 'apiVersion')
    .map(entry =>
      entry.key === 'metadata' && entry.value.kind === 'map'
        ? {
            ...entry,
            value: { ...entry.value, entries: entry.value.entries.filter(({ key }) => key !== 'name') },
          }
        : entry,
    );
  return merged(tree, patch.kind === 'map' ? { ...patch, entries } : patch);
}

type Fits = 'yes' | 'no' | 'unclear';

const groupOf = (tree: Tree): string => /^([^/]+)\//.exec(textOf(below(tree, 'apiVersion')) ?? '')?.[1] ?? '';

function isFor({ tree, type, names }: Built, patch: Tree): Fits {
  const name = textOf(below(patch, 'metadata', 'name'));
  if (textOf(below(patch, 'kind')) !== type || groupOf(patch) !== groupOf(tree)) return 'no';
  return name !== undefined && names.includes(name) ? 'yes' : 'no';
}

function chosen({ tree, type, names, namespace }: Built, target: Tree): Fits {
  const said = (key: string): string | undefined => textOf(below(target, key)) || undefined;
  const fits: readonly Fits[] = [
    matches(said('kind'), [type]),
    matches(said('group'), [groupOf(tree)]),
    matches(said('name'), names),
    matches(said('namespace'), namespace === '' ? ['', 'default'] : [namespace]),
    selects(said('labelSelector'), below(tree, 'metadata', 'labels')),
    selects(said('annotationSelector'), below(tree, 'metadata', 'annotations')),
  ];
  return fits.includes('no') ? 'no' : fits.includes('unclear') ? 'unclear' : 'yes';
}

/** Patterns of a target are anchored; of their signs only `.*` and `|` are followed. */
function matches(pattern: string | undefined, texts: readonly string[]): Fits {
  if (pattern === undefined || texts.includes(pattern)) return 'yes';
  const alternatives = pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/^\(([^()]*)\)$/, '$1')
    .split('|');
  const parts = alternatives.map(each => each.split('.*'));
  if (parts.some(each => each.some(part => /[\\^$*+?()[\]{}]/.test(part)))) return 'unclear';
  return parts.some(each => texts.some(text => inOrder(each, text))) ? 'yes' : 'no';
}

function inOrder(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  let index = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, index);
    if (found === -1) return false;
    index = found + part.length;
  }
  return index <= text.length - last.length;
}

function selects(selector: string | undefined, labels: Tree | undefined): Fits {
  const fits = (selector?.split(',') ?? []).map((part): Fits => {
    const [, key, not, value] = /^\s*([\w./-]+)\s*(!?)==?\s*([\w.-]*)\s*$/.exec(part) ?? [];
    if (key === undefined) return 'unclear';
    return (textOf(below(labels, key)) === value) === (not === '') ? 'yes' : 'no';
  });
  return fits.includes('no') ? 'no' : fits.includes('unclear') ? 'unclear' : 'yes';
}

/** Names, labels, replicas and images, in the order in which Kustomize does them. */
export function transformed(objects: readonly Built[], { tree }: Kustomization): readonly Built[] {
  const namespace = textOf(below(tree, 'namespace'));
  const prefix = textOf(below(tree, 'namePrefix')) ?? '';
  const suffix = textOf(below(tree, 'nameSuffix')) ?? '';
  const images = itemsOf(below(tree, 'images'));
  return objects.map(object => {
    let next = namespace === undefined ? object : { ...object, namespace };
    if (prefix + suffix !== '' && !/^(Namespace|CustomResourceDefinition|APIService)$/.test(object.type))
      next = renamed(next, `${prefix}${next.names.at(-1) ?? ''}${suffix}`);
    next = { ...next, tree: labelled(next.tree, tree) };
    for (const item of itemsOf(below(tree, 'replicas'))) next = scaled(next, item);
    return images.length === 0
      ? next
      : { ...next, tree: rewritten(next.tree, entry => withImages(entry, images)) };
  });
}

function renamed(object: Built, name: string): Built {
  const at = below(object.tree, 'metadata', 'name')?.at ?? object.tree.at;
  const tree = merged(object.tree, nested(['metadata', 'name'], scalarTree(name, at)));
  return { ...object, tree: tree ?? object.tree, names: [...object.names, name] };
}

function labelled(tree: Tree, kustomization: Tree): Tree {
  const common = below(kustomization, 'commonLabels');
  const annotations = below(kustomization, 'commonAnnotations');
  const labels = itemsOf(below(kustomization, 'labels')).flatMap(item => {
    const pairs = below(item, 'pairs');
    const isDeep = ['includeSelectors', 'includeTemplates'].some(key => textOf(below(item, key)) === 'true');
    return pairs ? [{ pairs, isDeep }] : [];
  });
  let result = tree;
  const add = (keys: readonly string[], value: Tree): void => {
    result = merged(result, nested(keys, value)) ?? result;
  };
  for (const { pairs, isDeep } of [...(common ? [{ pairs: common, isDeep: true }] : []), ...labels]) {
    add(['metadata', 'labels'], pairs);
    if (isDeep && below(tree, 'spec', 'template', 'spec'))
      add(['spec', 'template', 'metadata', 'labels'], pairs);
    if (isDeep && below(tree, 'spec', 'jobTemplate'))
      add(['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'], pairs);
  }
  if (annotations) add(['metadata', 'annotations'], annotations);
  return result;
}

function scaled(object: Built, item: Tree): Built {
  const count = below(item, 'count');
  if (!count || !/^(Deployment|StatefulSet|ReplicaSet)$/.test(object.type)) return object;
  if (!object.names.includes(textOf(below(item, 'name')) ?? '')) return object;
  return { ...object, tree: merged(object.tree, nested(['spec', 'replicas'], count)) ?? object.tree };
}

function withImages(entry: Entry, images: readonly Tree[]): Entry {
  if (entry.key !== 'containers' && entry.key !== 'initContainers') return entry;
  if (entry.value.kind !== 'list') return entry;
  const items = entry.value.items.map(item => {
    const image = below(item, 'image');
    const next = image && images.reduce(imageBy, image);
    return next && next !== image ? (merged(item, nested(['image'], next)) ?? item) : item;
  });
  return { ...entry, value: { ...entry.value, items } };
}

/** The name is compared without tag and digest; a digest takes the place of the tag. */
function imageBy(image: Tree, item: Tree): Tree {
  const [, name = '', tag = '', digest = ''] =
    /^([^@]*?)(:[^/:@]*)?(@[\w:]+)?$/.exec(textOf(image) ?? '') ?? [];
  if (name === '' || name !== textOf(below(item, 'name'))) return image;
  const newTag = textOf(below(item, 'newTag'));
  const newDigest = textOf(below(item, 'digest'));
  const base = textOf(below(item, 'newName')) ?? name;
  const rest = newDigest ? `@${newDigest}` : newTag ? `:${newTag}` : `${tag}${digest}`;
  const place = below(item, 'digest') ?? below(item, 'newTag') ?? below(item, 'newName');
  return place ? scalarTree(base + rest, place.at) : image;
}

/** Where an object names another one: the kind, and under which key the name stands. */
const REFERENCES: Readonly<Record<string, readonly [kind: string, ...keys: readonly string[]]>> = {
  configMapKeyRef: ['ConfigMap', 'name'],
  configMapRef: ['ConfigMap', 'name'],
  configMap: ['ConfigMap', 'name'],
  secretKeyRef: ['Secret', 'name'],
  secretRef: ['Secret', 'name'],
  secret: ['Secret', 'secretName', 'name'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'claimName'],
  service: ['Service', 'name'],
  scaleTargetRef: ['', 'name'],
};

/** Objects that were renamed are called by their new names everywhere. */
export function withReferences(objects: readonly Built[]): readonly Built[] {
  const names = new Map<string, string>();
  for (const { type, names: all } of objects)
    for (const name of all.slice(0, -1)) names.set(`${type} ${name}`, all.at(-1) ?? name);
  if (names.size === 0) return objects;
  const change = (entry: Entry): Entry => {
    const [kind = '', ...keys] = Object.hasOwn(REFERENCES, entry.key) ? (REFERENCES[entry.key] ?? []) : [];
    for (const key of keys) {
      const tree = below(entry.value, key);
      const type = kind === '' ? (textOf(below(entry.value, 'kind')) ?? '') : kind;
      const name = names.get(`${type} ${textOf(tree) ?? ''}`);
      const value = tree && name && merged(entry.value, nested([key], scalarTree(name, tree.at)));
      if (value) return { ...entry, value };
    }
    return entry;
  };
  return objects.map(object => ({ ...object, tree: rewritten(object.tree, change) }));
}
