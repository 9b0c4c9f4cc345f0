import { join, relative } from 'node:path';
import type { Commit } from '../../model/index.ts';
import type { Bounds } from '../bounds.ts';
import { bytesBelow, contentOf, statOf } from '../files.ts';
import { changesIn } from './changes.ts';
import { readIndex, type IndexEntry } from './index-file.ts';
import { treeOfCommit } from './objects.ts';
import { headOf } from './refs.ts';
import { hashNameOf, textBelow, topOf, type Top } from './top.ts';
import { treeIdOf, type HashName } from './tree-id.ts';

/** What git knows of a folder, read from its files alone. */
export interface Checkout {
  readonly commit: Commit;
  /** Tracked paths relative to the folder that is read; `undefined` where git's index cannot be read. */
  readonly tracked: ReadonlySet<string> | undefined;
  /** Folders that are repositories of their own. */
  readonly submodules: ReadonlySet<string>;
  /** The way from the top of the checkout to the folder that is read; `''` when that is the top. */
  readonly prefix: string;
  /** The ignore rules above the folder, by folder relative to the top. */
  readonly ignores: readonly { readonly folder: string; readonly patterns: string }[];
  /** What could not be told, in words. */
  readonly gaps: readonly string[];
}

/** The checkout that holds this folder; `undefined` without git. `folder` is a real path. */
export function checkoutAt(folder: string, bounds: Bounds): Checkout | undefined {
  const top = topOf(folder);
  if (!top) return undefined;
  const prefix = relative(top.folder, folder).split('\\').join('/');
  const hash = hashNameOf(top);
  const entries = entriesOf(top, hash, bounds);
  const id = headOf(top);
  const under = prefix === '' ? '' : `${prefix}/`;
  const own = entries
    ?.filter(({ path }) => path.startsWith(under))
    .map(entry => ({ ...entry, path: entry.path.slice(under.length) }));
  const changed =
    entries && own && id !== undefined && !isStaged(top, entries, id, hash)
      ? changesIn(own, { folder, written: writtenAt(top), hash, bounds })
      : own && 'yes';
  return {
    // What cannot be told counts as changed: saying that a tree is its commit needs to be known.
    commit: id === undefined ? { state: 'none' } : { state: 'known', id, dirty: changed !== 'no' },
    tracked: own && new Set(own.map(entry => entry.path)),
    submodules: new Set(own?.filter(entry => (entry.mode & 0o170000) === 0o160000).map(entry => entry.path)),
    prefix,
    ignores: ignoresAbove(top, prefix, bounds),
    gaps: gapsOf(entries === undefined, changed === 'unclear'),
  };
}

function gapsOf(isUnread: boolean, isUnclear: boolean): readonly string[] {
  if (isUnread) return ["git's index cannot be read: which files are tracked is not known"];
  return isUnclear ? ['too much to compare with git: taken as changed'] : [];
}

/** Whether the index is another tree than the commit's. Where the commit is not at hand, it is taken for it. */
function isStaged(top: Top, entries: readonly IndexEntry[], id: string, hash: HashName): boolean {
  const committed = treeOfCommit(top.common, id);
  const staged = committed === undefined ? undefined : treeIdOf(entries, hash);
  return staged !== undefined && staged !== committed;
}

/** In seconds. */
const writtenAt = (top: Top): number => Math.floor((statOf(join(top.git, 'index'))?.mtimeMs ?? 0) / 1000);

/** No index is an empty one: nothing was added yet. */
function entriesOf(top: Top, hash: HashName, bounds: Bounds): readonly IndexEntry[] | undefined {
  if (!statOf(join(top.git, 'index'))) return [];
  const bytes = bytesBelow(top.git, 'index', bounds.indexBytes);
  return bytes && readIndex(bytes, hash === 'sha1' ? 20 : 32);
}

/** `info/exclude`, and the ignore files of the folders between the top and the folder that is read. */
function ignoresAbove(top: Top, prefix: string, bounds: Bounds): Checkout['ignores'] {
  const found = [{ folder: '', patterns: textBelow(top.common, 'info/exclude') ?? '' }];
  const parts = prefix === '' ? [] : prefix.split('/');
  parts.forEach((_, depth) => {
    const folder = parts.slice(0, depth).join('/');
    const content = contentOf(join(top.folder, folder, '.gitignore'), bounds.ignoreBytes);
    if (content.kind === 'bytes') found.push({ folder, patterns: content.bytes.toString('utf8') });
  });
  return found.filter(({ patterns }) => patterns !== '');
}
