import type { Repository, SourceFile } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { folderOf, joinPath } from '../../read/documents/path.ts';
import {
  below,
  entriesOf,
  entryOf,
  itemsOf,
  textOf,
  textsOf,
  type Entry,
  type MapTree,
  type Tree,
} from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';

/** A service as its files define it together. Lists of pairs have become maps, short forms long ones. */
export interface MergedService {
  readonly name: string;
  readonly tree: MapTree;
  readonly at: Entry['at'];
}

const MAX_DEPTH = 8;
/** Keys whose lists grow by merging; every other list is replaced. */
const GROWING = new Set(['ports', 'expose', 'env_file', 'dns', 'profiles', 'secrets', 'configs', 'cap_add', 'cap_drop', 'devices', 'security_opt', 'tmpfs', 'external_links']); // prettier-ignore
const PAIRS = new Set(['environment', 'labels', 'args', 'sysctls', 'extra_hosts']);

/** The services of a set of files, merged as compose merges them. */
export function mergedServices(
  files: readonly SourceFile[],
  repository: Repository,
): readonly MergedService[] {
  const services = new Map<string, MergedService>();
  for (const file of files) {
    for (const found of servicesIn(file, repository, 0)) {
      const before = services.get(found.name);
      services.set(found.name, before ? { ...merge(before, found), at: found.at } : found);
    }
  }
  return [...services.values()];
}

const merge = (under: MergedService, over: MergedService): MergedService => ({
  ...over,
  tree: mergedMap(under.tree, over.tree),
});

function servicesIn(file: SourceFile, repository: Repository, depth: number): readonly MergedService[] {
  const tree = contentOf(readYaml(file))?.documents[0];
  const included =
    depth > MAX_DEPTH
      ? []
      : includesOf(tree).flatMap(path => {
          const other = repository.file(joinPath(folderOf(file.path), path));
          return other && other !== file ? servicesIn(other, repository, depth + 1) : [];
        });
  const own = entriesOf(below(tree, 'services')).flatMap(entry => serviceOf(entry, file, repository, 0));
  return [...included, ...own];
}

const includesOf = (tree: Tree | undefined): readonly string[] =>
  itemsOf(below(tree, 'include')).flatMap(item => textOf(item) ?? textsOf(below(item, 'path')));

function serviceOf(
  entry: Entry,
  file: SourceFile,
  repository: Repository,
  depth: number,
): readonly MergedService[] {
  if (entry.value.kind !== 'map') return [];
  const own = { name: entry.key, tree: normalised(entry.value), at: entry.at };
  const extended = entryOf(entry.value, 'extends')?.value;
  if (!extended || depth > MAX_DEPTH) return [own];
  const path = textOf(below(extended, 'file'));
  const name = textOf(extended) ?? textOf(below(extended, 'service')) ?? '';
  const source = path === undefined ? file : repository.file(joinPath(folderOf(file.path), path));
  const base = source && entryOf(below(contentOf(readYaml(source))?.documents[0], 'services'), name);
  const [under] = source && base ? serviceOf(base, source, repository, depth + 1) : [];
  return [under ? { ...merge(under, own), at: own.at } : own];
}

/** Short forms become long ones, so that both sides of a merge look alike. */
function normalised(service: MapTree): MapTree {
  const entries = service.entries.map(entry => {
    const { key, value } = entry;
    if (PAIRS.has(key)) return { ...entry, value: pairs(value) };
    if (key === 'build') return { ...entry, value: buildMap(value, entry) };
    if (key === 'depends_on' || key === 'networks') return { ...entry, value: named(value) };
    if (key === 'env_file' && value.kind !== 'list') return { ...entry, value: asList(value) };
    return entry;
  });
  return { ...service, entries };
}

const asList = (value: Tree): Tree => ({ kind: 'list', items: [value], tag: '', at: value.at });

/** `- NAME=value` as `NAME: value`. A name alone takes its value from outside: it stays without one. */
function pairs(value: Tree): Tree {
  if (value.kind !== 'list') return value;
  const entries = value.items.flatMap((item): readonly Entry[] => {
    const text = textOf(item);
    if (text === undefined) return [];
    const [, name = text, , rest] = /^([^=]*)(=([^]*))?$/.exec(text) ?? [];
    const bare = !text.includes('=');
    const inner: Tree = bare
      ? { kind: 'scalar', value: null, text: '', tag: '', at: item.at }
      : { kind: 'scalar', value: rest ?? '', text: rest ?? '', tag: 'text', at: item.at };
    return [{ key: name.trim(), keyAt: item.at, at: item.at, value: inner }];
  });
  return { kind: 'map', entries, open: false, tag: value.tag, at: value.at };
}

function buildMap(value: Tree, { keyAt }: Entry): Tree {
  if (value.kind === 'map')
    return {
      ...value,
      entries: value.entries.map(entry =>
        PAIRS.has(entry.key) ? { ...entry, value: pairs(entry.value) } : entry,
      ),
    };
  const context: Entry = { key: 'context', keyAt, at: value.at, value };
  return { kind: 'map', entries: [context], open: false, tag: '', at: value.at };
}

function named(value: Tree): Tree {
  if (value.kind !== 'list') return value;
  const entries = value.items.flatMap((item): readonly Entry[] => {
    const key = textOf(item);
    const inner: Tree = { kind: 'map', entries: [], open: false, tag: '', at: item.at };
    return key === undefined ? [] : [{ key, keyAt: item.at, at: item.at, value: inner }];
  });
  return { kind: 'map', entries, open: false, tag: value.tag, at: value.at };
}

function mergedMap(under: MapTree, over: MapTree): MapTree {
  const entries = new Map(under.entries.map(entry => [entry.key, entry]));
  for (const entry of over.entries) {
    const before = entries.get(entry.key);
    const { tag } = entry.value.kind === 'template' ? { tag: '' } : entry.value;
    if (tag === '!reset') entries.delete(entry.key);
    else if (!before || tag === '!override') entries.set(entry.key, entry);
    else entries.set(entry.key, { ...entry, value: mergedValue(entry.key, before.value, entry.value) });
  }
  return { ...over, entries: [...entries.values()], open: under.open || over.open };
}

function mergedValue(key: string, under: Tree, over: Tree): Tree {
  if (under.kind === 'map' && over.kind === 'map') return mergedMap(under, over);
  if (under.kind !== 'list' || over.kind !== 'list') return over;
  if (key === 'volumes') {
    const targets = new Set(over.items.map(targetOf));
    return { ...over, items: [...under.items.filter(item => !targets.has(targetOf(item))), ...over.items] };
  }
  if (!GROWING.has(key)) return over;
  const texts = new Set(over.items.map(item => textOf(item)));
  const kept = under.items.filter(item => textOf(item) === undefined || !texts.has(textOf(item)));
  return { ...over, items: [...kept, ...over.items] };
}

const targetOf = (item: Tree): string =>
  textOf(below(item, 'target')) ?? (textOf(item) ?? '').split(':')[1] ?? textOf(item) ?? '';
