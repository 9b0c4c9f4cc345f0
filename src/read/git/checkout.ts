import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Commit } from '../../model/index.ts';
import { readIndex, type IndexEntry } from './index-file.ts';

/** What git knows of a folder, read from its files alone. */
export interface Checkout {
  readonly commit: Commit;
  /** Tracked paths relative to the folder that is read. */
  readonly tracked: ReadonlySet<string>;
  /** Folders that are repositories of their own. */
  readonly submodules: readonly string[];
}

const read = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch {
    return undefined; // not there or not readable: then git cannot be asked
  }
};

const stat = (path: string): Stats | undefined => {
  try {
    return lstatSync(path);
  } catch {
    return undefined; // not there
  }
};

/** The checkout that holds this folder; `undefined` without git. */
export function checkoutAt(folder: string): Checkout | undefined {
  const top = topOf(folder);
  if (!top) return undefined;
  const indexBytes = read(join(top.git, 'index'));
  const entries = indexBytes && readIndex(indexBytes);
  const written = Math.floor((stat(join(top.git, 'index'))?.mtimeMs ?? 0) / 1000);
  if (!entries) return undefined;
  const prefix = relative(top.folder, folder).split('\\').join('/');
  const own = entries.flatMap((entry): IndexEntry[] => {
    if (prefix === '') return [entry];
    return entry.path.startsWith(`${prefix}/`)
      ? [{ ...entry, path: entry.path.slice(prefix.length + 1) }]
      : [];
  });
  const id = headOf(top.git);
  return {
    commit:
      id === undefined
        ? { state: 'none' }
        : { state: 'known', id, dirty: own.some(entry => differs(folder, entry, written)) },
    tracked: new Set(own.map(entry => entry.path)),
    submodules: own.filter(entry => (entry.mode & 0o170000) === 0o160000).map(entry => entry.path),
  };
}

function topOf(folder: string): { folder: string; git: string } | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const git = join(at, '.git');
    const found = stat(git);
    if (found?.isDirectory()) return { folder: at, git };
    if (found?.isFile()) {
      // A worktree or submodule: the file names the folder.
      const target = /^gitdir: (.+)$/m.exec(read(git)?.toString('utf8') ?? '')?.[1];
      return target ? { folder: at, git: resolve(at, target.trim()) } : undefined;
    }
    if (dirname(at) === at) return undefined;
  }
}

const HEX = /^[0-9a-f]{40,64}$/;

function headOf(git: string): string | undefined {
  const head = read(join(git, 'HEAD'))?.toString('utf8').trim() ?? '';
  if (HEX.test(head)) return head;
  const ref = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
  if (!ref || ref.includes('..')) return undefined;
  const common = read(join(git, 'commondir'))?.toString('utf8').trim();
  for (const place of common ? [git, resolve(git, common)] : [git]) {
    const loose = read(join(place, ref))?.toString('utf8').trim() ?? '';
    if (HEX.test(loose)) return loose;
    const packed = read(join(place, 'packed-refs'))?.toString('utf8') ?? '';
    const line = packed.split('\n').find(each => each.endsWith(` ${ref}`));
    const id = line?.split(' ')[0] ?? '';
    if (HEX.test(id)) return id;
  }
  return undefined;
}

/** Whether a tracked file is not what was staged: by size, or by content where the times differ. */
function differs(folder: string, entry: IndexEntry, written: number): boolean {
  const kind = entry.mode & 0o170000;
  if (kind === 0o160000) return false; // a submodule answers for itself
  const path = join(folder, entry.path);
  const now = stat(path);
  if (!now) return true;
  if (kind === 0o120000) return !now.isSymbolicLink() || hashOf(Buffer.from(readlinkSync(path))) !== entry.id;
  if (!now.isFile()) return true;
  // A file that was changed in the second in which the index was written may look untouched.
  const isSure = entry.modified < written;
  if (isSure && Math.floor(now.mtimeMs / 1000) === entry.modified && now.size % 2 ** 32 === entry.size)
    return false;
  if (entry.size !== 0 && now.size !== entry.size) return true;
  if (now.size > 50_000_000) return true;
  const bytes = read(path);
  return !bytes || hashOf(bytes) !== entry.id;
}

/** The id that git gives to a content. Filters such as line-end conversion are not applied. */
const hashOf = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
