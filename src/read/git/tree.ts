import type { Bounds } from '../bounds.ts';
import { decode } from '../decode.ts';
import { ignoreRules, type Above } from '../ignore.ts';
import { ALWAYS_LEFT, throughFolders, type Listing } from '../listing.ts';
import { skippedLog, type SkippedLog } from '../skipped.ts';
import { wantedText } from '../wanted.ts';
import type { ObjectStore } from './objects.ts';

/** What stands in a tree of git: a name, what kind of thing it is, and where its content is. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'repository';
  readonly id: string;
}

/** A folder with a hundred thousand files has some megabytes. */
const LARGEST_TREE = 20_000_000;

/** The entries of a tree; `undefined` for what is none, or is too large. */
export function entriesOf(objects: ObjectStore, id: string): readonly TreeEntry[] | undefined {
  const object = objects.read(id, LARGEST_TREE);
  if (typeof object === 'string' || object.kind !== 'tree') return undefined;
  const { bytes } = object;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, at);
    const next = end + 1 + id.length / 2;
    if (space === -1 || end === -1 || space > end || next > bytes.length) return undefined;
    const name = bytes.toString('utf8', space + 1, end);
    const kind = KINDS[bytes.toString('latin1', at, Math.min(space, at + 3))];
    // Git writes no other names; a tree made by hand may.
    if (kind && isName(name)) entries.push({ name, kind, id: bytes.toString('hex', end + 1, next) });
    at = next;
  }
  return entries;
}

/** By the beginning of the mode: `100644`, `40000`, `120000`, `160000`. */
const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '100': 'file',
  '400': 'folder',
  '040': 'folder',
  '120': 'link',
  '160': 'repository',
};

const isName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name) && !/^\.git$/i.test(name);

/** The tree of a folder inside of a tree; `undefined` where there is none. */
export function treeBelow(objects: ObjectStore, root: string, path: string): string | undefined {
  let at = root;
  for (const part of path.split('/').filter(each => each !== '')) {
    const found = entriesOf(objects, at)?.find(({ name, kind }) => name === part && kind === 'folder');
    if (!found) return undefined;
    at = found.id;
  }
  return at;
}

/** The ignore files of the folders from the root to a folder inside of it, without its own. */
export function ignoresAbove(
  objects: ObjectStore,
  root: string,
  path: string,
  bounds: Bounds,
): Above['ignores'] {
  const parts = path === '' ? [] : path.split('/');
  return parts.flatMap((_, depth) => {
    const folder = parts.slice(0, depth).join('/');
    const tree = treeBelow(objects, root, folder);
    const rules =
      tree && entriesOf(objects, tree)?.find(({ name, kind }) => name === '.gitignore' && kind === 'file');
    const object = rules ? objects.read(rules.id, bounds.ignoreBytes) : 'missing';
    return typeof object === 'string' ? [] : [{ folder, patterns: object.bytes.toString('utf8') }];
  });
}

/** What a listing of a tree knows beside what one of a folder does. */
export interface TreeListing extends Listing {
  /** Where the content of each file is. */
  readonly blobs: ReadonlyMap<string, string>;
}

interface Walk {
  readonly objects: ObjectStore;
  readonly bounds: Bounds;
  readonly rules: Listing['rules'];
  readonly skipped: SkippedLog;
  readonly known: Set<string>;
  readonly wanted: string[];
  readonly blobs: Map<string, string>;
}

interface Folder {
  readonly path: string;
  readonly id: string;
  readonly depth: number;
}

/**
 * Lists a tree as `listFolder` lists a folder: those near the root first, with the same folders left out.
 * @param above the ignore rules of the folders above it
 */
export async function listTree(
  objects: ObjectStore,
  id: string,
  above: Above,
  bounds: Bounds,
): Promise<TreeListing> {
  const walk: Walk = {
    objects,
    bounds,
    rules: ignoreRules(above, bounds.ignoreTests),
    skipped: skippedLog(bounds),
    known: new Set(),
    wanted: [],
    blobs: new Map(),
  };
  await throughFolders<Folder, TreeEntry>(
    { path: '', id, depth: 0 },
    walk,
    folder => entriesIn(walk, folder),
    (folder, entry, queue) => {
      visit(walk, folder, entry, queue);
    },
  );
  return walk;
}

function entriesIn(walk: Walk, { path, id }: Folder): readonly TreeEntry[] {
  const entries = entriesOf(walk.objects, id);
  if (!entries) {
    walk.skipped.add(path === '' ? './' : `${path}/`, 'git does not have it, or it is damaged');
    return [];
  }
  if (path !== '' && entries.some(({ name, kind }) => name === 'pyvenv.cfg' && kind === 'file')) {
    walk.skipped.add(`${path}/`, 'a virtual environment');
    return [];
  }
  const rules = entries.find(({ name, kind }) => name === '.gitignore' && kind === 'file');
  if (rules) addRules(walk, path, rules.id);
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function addRules({ objects, bounds, rules, skipped }: Walk, folder: string, id: string): void {
  const object = objects.read(id, bounds.ignoreBytes);
  if (typeof object === 'string') {
    skipped.add(folder === '' ? '.gitignore' : `${folder}/.gitignore`, 'as ignore rules: cannot be read');
    return;
  }
  const decoded = decode(object.bytes, bounds.lineLength);
  if (decoded.kind === 'text') rules.add(folder, decoded.text);
}

function visit(walk: Walk, folder: Folder, entry: TreeEntry, queue: Folder[]): void {
  const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
  walk.known.add(path);
  switch (entry.kind) {
    case 'folder':
      if (ALWAYS_LEFT.has(entry.name)) walk.skipped.add(`${path}/`, 'made by tools or brought from outside');
      else if (folder.depth + 1 > walk.bounds.depth)
        walk.skipped.add(`${path}/`, `deeper than ${walk.bounds.depth} folders`);
      else queue.push({ path, id: entry.id, depth: folder.depth + 1 });
      return;
    case 'repository':
      walk.skipped.add(`${path}/`, 'a submodule: a repository of its own');
      return;
    case 'link':
      walk.skipped.add(path, 'a link: not followed');
      return;
    case 'file': {
      walk.blobs.set(path, entry.id);
      const wanted = wantedText(path);
      if (wanted === 'minified') walk.skipped.add(path, 'minified');
      else if (wanted !== 'no') walk.wanted.push(path);
    }
  }
}
