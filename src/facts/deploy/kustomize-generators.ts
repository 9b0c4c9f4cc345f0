import type { Repository } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { readEnvFile } from '../../read/documents/env-file.ts';
import { baseName, joinPath } from '../../read/documents/path.ts';
import { below, itemsOf, textOf, textsOf, type Entry, type Tree } from '../../read/documents/tree.ts';
import type { Kustomization } from './kustomize-files.ts';
import { merged, nested, scalarTree } from './kustomize-merge.ts';
import type { Built } from './kustomize-transforms.ts';

const KINDS = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

/** The objects with the ConfigMaps and Secrets that a kustomization makes. */
export function withGenerated(
  objects: readonly Built[],
  kustomization: Kustomization,
  repository: Repository,
): readonly Built[] {
  let result = objects;
  for (const [list, type] of KINDS)
    for (const item of itemsOf(below(kustomization.tree, list))) {
      const entries = entriesFor(item, kustomization, repository);
      const name = textOf(below(item, 'name')) ?? '';
      const isSame = (object: Built): boolean => object.type === type && object.names.includes(name);
      const rest = result.filter(object => !isSame(object));
      const before = result.find(isSame);
      // One that is made of a file which is not here holds what nobody can tell.
      if (!entries) result = rest;
      else {
        const made = generated(type, name, item, entries);
        const merges = before && textOf(below(item, 'behavior')) === 'merge';
        const tree = merges ? (merged(before.tree, made) ?? made) : made;
        const { names, namespace } = before ?? { names: [name], namespace: '' };
        result = [...rest, { tree, type, names, namespace, file: kustomization.file, open: false }];
      }
    }
  return result;
}

/** Values stand in the open in a kustomization: those of a Secret as `stringData`. */
function generated(type: 'ConfigMap' | 'Secret', name: string, item: Tree, entries: readonly Entry[]): Tree {
  const data: Tree = { kind: 'map', entries, open: false, tag: '', at: item.at };
  const parts = [
    nested(['apiVersion'], scalarTree('v1', item.at)),
    nested(['kind'], scalarTree(type, item.at)),
    nested(['metadata', 'name'], scalarTree(name, item.at)),
    nested([type === 'Secret' ? 'stringData' : 'data'], data),
  ];
  return parts.reduce((whole, part) => merged(whole, part) ?? whole);
}

function entriesFor(
  item: Tree,
  { folder }: Kustomization,
  repository: Repository,
): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  const add = (key: string, text: string, at: Tree['at']): void => {
    entries.push({ key, at, keyAt: at, value: scalarTree(text, at) });
  };
  for (const path of [...textsOf(below(item, 'env')), ...textsOf(below(item, 'envs'))]) {
    const file = repository.file(joinPath(folder, path));
    const content = file && contentOf(readEnvFile(file));
    if (!content) return undefined;
    for (const { name, text, at } of content.entries) add(name, text, at);
  }
  for (const tree of itemsOf(below(item, 'files'))) {
    const [, key, path = ''] = /^(?:([^=]+)=)?(.+)$/.exec(textOf(tree) ?? '') ?? [];
    const file = repository.file(joinPath(folder, path));
    if (!file) return undefined;
    add(key ?? baseName(path), file.text, tree.at);
  }
  for (const tree of itemsOf(below(item, 'literals'))) {
    const [, key, value = ''] = /^([^=]+)=([^]*)$/.exec(textOf(tree) ?? '') ?? [];
    if (key !== undefined) add(key, value.replace(/^(["'])([^]*)\1$/, '$2'), tree.at);
  }
  return entries;
}
