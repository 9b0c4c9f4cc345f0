import { below, entriesOf, itemsOf, textOf, type Entry, type Tree } from '../../read/documents/tree.ts';

/** What tells the items of a list apart, as the schema of Kubernetes has it; other lists are replaced as a whole. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'port'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
};

/**
 * A strategic merge patch on a tree, as Kubernetes does it: maps by key, some lists by the name of their items, all
 * else replaced. Every part keeps the place where it stands. `undefined` when the patch deletes the whole.
 */
export function merged(base: Tree | undefined, patch: Tree, key = ''): Tree | undefined {
  switch (patch.kind) {
    case 'map': {
      const directive = textOf(below(patch, '$patch'));
      if (directive === 'delete') return undefined;
      return mergedMap(base?.kind === 'map' && directive !== 'replace' ? base : undefined, patch);
    }
    case 'list':
      return mergedList(base?.kind === 'list' ? base : undefined, patch, key);
    default:
      return patch.kind === 'scalar' && patch.value === null ? undefined : patch;
  }
}

type Of<K extends Tree['kind']> = Extract<Tree, { kind: K }>;

function mergedMap(base: Of<'map'> | undefined, patch: Of<'map'>): Tree {
  const changes = new Map(
    patch.entries.filter(({ key }) => !key.startsWith('$')).map(entry => [entry.key, entry] as const),
  );
  const entries: Entry[] = [];
  for (const entry of base?.entries ?? []) {
    const change = changes.get(entry.key);
    const value = change ? merged(entry.value, change.value, entry.key) : entry.value;
    if (value) entries.push(change && value === change.value ? change : { ...entry, value });
  }
  const known = new Set(base?.entries.map(({ key }) => key));
  for (const [key, change] of changes) {
    const value = known.has(key) ? undefined : merged(undefined, change.value, key);
    if (value) entries.push({ ...change, value });
  }
  return { ...(base ?? patch), entries, open: patch.open || (base?.open ?? false) };
}

function mergedList(base: Of<'list'> | undefined, patch: Of<'list'>, key: string): Tree {
  const keys = KEYS[key] ?? [];
  const named = patch.items.map(item => [nameOf(item, keys), item] as const);
  const directives = patch.items.map(item => textOf(below(item, '$patch')) ?? '');
  const replaces = directives.includes('replace') || !named.every(([name]) => name !== undefined);
  const items = replaces ? [] : (base?.items ?? []);
  const changes = new Map(
    named.flatMap(([name, item]) => (name === undefined ? [] : [[name, item] as const])),
  );
  const names = new Set(items.map(item => nameOf(item, keys)));
  // Kustomize puts what is new before what was there.
  const fresh = patch.items.flatMap((item, index) => {
    if (directives[index] === 'replace' || (!replaces && names.has(named[index]?.[0]))) return [];
    return merged(undefined, item) ?? [];
  });
  const kept = items.flatMap(item => {
    const change = changes.get(nameOf(item, keys) ?? '');
    return change ? (merged(item, change) ?? []) : [item];
  });
  return { ...(replaces ? patch : (base ?? patch)), items: [...fresh, ...kept] };
}

/** What the item goes by in its list; `undefined` where the list has no names, so that it is replaced. */
function nameOf(item: Tree, keys: readonly string[]): string | undefined {
  const key = keys.find(each => textOf(below(item, each)) !== undefined);
  return key && `${key} ${textOf(below(item, key)) ?? ''}`;
}

/** The operations of a JSON patch (RFC 6902), one after the other; one whose place is not there does nothing. */
export function patched(tree: Tree, operations: Tree): Tree {
  let result = tree;
  for (const operation of itemsOf(operations)) {
    const pointer = textOf(below(operation, 'path')) ?? '';
    const way = pointer
      .split('/')
      .slice(1)
      .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const change = {
      does: textOf(below(operation, 'op')) ?? '',
      value: below(operation, 'value'),
      operation,
    };
    result = changed(result, way, change) ?? result;
  }
  return result;
}

interface Change {
  readonly does: string;
  readonly value: Tree | undefined;
  readonly operation: Tree;
}

/** `undefined` where nothing changes. */
function changed(tree: Tree, way: readonly string[], change: Change): Tree | undefined {
  const [key, ...rest] = way;
  if (key === undefined) return undefined;
  if (tree.kind === 'list') return changedList(tree, key, rest, change);
  if (tree.kind !== 'map') return undefined;
  const before = tree.entries.findLast(entry => entry.key === key);
  const others = tree.entries.filter(entry => entry.key !== key);
  if (rest.length > 0) {
    const value = before && changed(before.value, rest, change);
    if (!value) return undefined;
    return { ...tree, entries: tree.entries.map(entry => (entry === before ? { ...entry, value } : entry)) };
  }
  if (change.does === 'remove') return before && { ...tree, entries: others };
  if (!change.value || (change.does !== 'add' && !(change.does === 'replace' && before))) return undefined;
  const { at } = change.operation;
  return { ...tree, entries: [...others, { key, at, keyAt: change.value.at, value: change.value }] };
}

function changedList(
  tree: Of<'list'>,
  key: string,
  rest: readonly string[],
  change: Change,
): Tree | undefined {
  const index = key === '-' ? tree.items.length : /^\d{1,6}$/.test(key) ? Number(key) : -1;
  const before = tree.items[index];
  if (rest.length > 0) {
    const value = before && changed(before, rest, change);
    return value && { ...tree, items: tree.items.with(index, value) };
  }
  const { does, value } = change;
  if (does === 'add' && value && index >= 0 && index <= tree.items.length)
    return { ...tree, items: tree.items.toSpliced(index, 0, value) };
  if (!before) return undefined;
  if (does === 'remove') return { ...tree, items: tree.items.toSpliced(index, 1) };
  return does === 'replace' && value ? { ...tree, items: tree.items.with(index, value) } : undefined;
}

/** The tree with each entry put through `change`, from the outside in. What does not change is the same object. */
export function rewritten(tree: Tree, change: (entry: Entry) => Entry): Tree {
  if (tree.kind === 'list') {
    const items = tree.items.map(item => rewritten(item, change));
    return items.some((item, index) => item !== tree.items[index]) ? { ...tree, items } : tree;
  }
  if (tree.kind !== 'map') return tree;
  const entries = entriesOf(tree).map(entry => {
    const next = change(entry);
    const value = rewritten(next.value, change);
    return value === next.value ? next : { ...next, value };
  });
  return entries.some((entry, index) => entry !== tree.entries[index]) ? { ...tree, entries } : tree;
}

/** The tree so many lines further down: for a document that stands in a text of another one. */
export function movedDown(tree: Tree, lines: number): Tree {
  const at = (place: Tree['at']) => ({
    ...place,
    startLine: place.startLine + lines,
    endLine: place.endLine + lines,
  });
  if (tree.kind === 'list')
    return { ...tree, at: at(tree.at), items: tree.items.map(item => movedDown(item, lines)) };
  if (tree.kind !== 'map') return { ...tree, at: at(tree.at) };
  const entries = tree.entries.map(entry => ({
    key: entry.key,
    at: at(entry.at),
    keyAt: at(entry.keyAt),
    value: movedDown(entry.value, lines),
  }));
  return { ...tree, at: at(tree.at), entries };
}

/** A tree of one scalar. */
export const scalarTree = (text: string, at: Tree['at']): Tree => ({
  kind: 'scalar',
  value: text,
  text,
  tag: '',
  at,
});

/** A map of one entry below another, down to `value`. */
export const nested = (keys: readonly string[], value: Tree): Tree =>
  keys.reduceRight<Tree>(
    (inner, key) => ({
      kind: 'map',
      entries: [{ key, at: inner.at, keyAt: inner.at, value: inner }],
      open: false,
      tag: '',
      at: inner.at,
    }),
    value,
  );
