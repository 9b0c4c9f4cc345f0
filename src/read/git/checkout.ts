import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Commit } from '../../model/index.ts';
import type { Bounds } from '../bounds.ts';
import { bytesBelow, contentOf, statOf } from '../files.ts';
import { changesIn } from './changes.ts';
import { readIndex, type IndexEntry } from './index-file.ts';
import { treeOfCommit } from './objects.ts';
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

/** Where a checkout keeps its things. */
interface Top {
  readonly folder: string;
  /** Its own: HEAD and index. */
  readonly git: string;
  /** Shared by all worktrees: branches and objects. */
  readonly common: string;
}

const SMALL = 10_000_000;

const textBelow = (folder: string, path: string): string | undefined =>
  bytesBelow(folder, path, SMALL)?.toString('utf8');

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

const hashNameOf = ({ common }: Top): HashName =>
  /^\s*objectformat\s*=\s*sha256\s*$/im.test(textBelow(common, 'config') ?? '') ? 'sha256' : 'sha1';

function topOf(folder: string): Top | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const git = join(at, '.git');
    const found = statOf(git);
    if (found?.isDirectory()) return { folder: at, git, common: git };
    // A link could lead anywhere.
    if (found) return found.isFile() ? elsewhere(at) : undefined;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * A worktree or a submodule: its `.git` is a file that names the folder. As such a file could name any folder of
 * the machine, the named one must name this one in return.
 */
function elsewhere(folder: string): Top | undefined {
  const target = /^gitdir: (.+)$/m.exec(textBelow(folder, '.git') ?? '')?.[1]?.trim();
  const git = target && realOf(resolve(folder, target));
  if (!git || !statOf(git)?.isDirectory()) return undefined;
  return worktreeOf(folder, git) ?? submoduleOf(folder, git);
}

function worktreeOf(folder: string, git: string): Top | undefined {
  const back = textBelow(git, 'gitdir')?.trim();
  const shared = textBelow(git, 'commondir')?.trim();
  const common = shared && realOf(resolve(git, shared));
  if (!back || !common || dirname(git) !== join(common, 'worktrees')) return undefined;
  return realOf(dirname(resolve(git, back))) === folder ? { folder, git, common } : undefined;
}

function submoduleOf(folder: string, git: string): Top | undefined {
  const home = /^[^\S\n]*worktree[^\S\n]*=[^\S\n]*"?([^"\n]+)"?$/m.exec(textBelow(git, 'config') ?? '')?.[1];
  return home && realOf(resolve(git, home.trim())) === folder ? { folder, git, common: git } : undefined;
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // not there
  }
}

const HEX = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

function headOf({ git, common }: Top): string | undefined {
  const head = textBelow(git, 'HEAD')?.trim() ?? '';
  if (HEX.test(head)) return head;
  // Whatever git allows in the name of a branch, and nothing that leads out of its folder.
  const ref = /^ref: (refs\/[^\s~^:?*[\\]+)$/.exec(head)?.[1];
  if (!ref || ref.includes('..')) return undefined;
  for (const place of new Set([git, common])) {
    const loose = textBelow(place, ref)?.trim() ?? '';
    if (HEX.test(loose)) return loose;
    const packed = textBelow(place, 'packed-refs') ?? '';
    const line = packed.split('\n').find(each => each.endsWith(` ${ref}`));
    const id = line?.split(' ')[0] ?? '';
    if (HEX.test(id)) return id;
  }
  return undefined;
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
