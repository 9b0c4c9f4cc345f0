import { createHash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Bounds } from '../bounds.ts';
import { contentOf, statOf } from '../files.ts';
import type { IndexEntry } from './index-file.ts';
import { idOf, type HashName } from './tree-id.ts';

export interface Comparison {
  /** The folder that the paths are relative to. */
  readonly folder: string;
  /** When the index was written, in seconds. */
  readonly written: number;
  readonly hash: HashName;
  readonly bounds: Bounds;
}

/**
 * Whether a tracked file is not what was staged: by size and time, or by content where the times differ.
 * `unclear` when more would have to be hashed than is bearable. The execute bit is not compared.
 */
export function changesIn(entries: readonly IndexEntry[], comparison: Comparison): 'yes' | 'no' | 'unclear' {
  const { folder, bounds } = comparison;
  const isFolder = realFolders(folder);
  let left = bounds.comparedBytes;
  let isSure = true;
  for (const entry of entries) {
    const kind = entry.mode & 0o170000;
    // A submodule answers for itself; what a sparse checkout leaves out is not missing.
    if (kind === 0o160000 || entry.isSparse || entry.path.endsWith('/')) continue;
    if (entry.isConflict || entry.isIntended) return 'yes';
    const path = join(folder, entry.path);
    const now = isFolder(parentOf(entry.path)) ? statOf(path) : undefined;
    if (!now || now.isSymbolicLink() !== (kind === 0o120000)) return 'yes';
    if (now.isSymbolicLink()) {
      if (idOf(comparison.hash, 'blob', Buffer.from(readlinkSync(path))) !== entry.id) return 'yes';
      continue;
    }
    if (!now.isFile()) return 'yes';
    // A file that was changed in the second in which the index was written may look untouched.
    const isOld = entry.modified < comparison.written && Math.floor(now.mtimeMs / 1000) === entry.modified;
    if (isOld && now.size % 2 ** 32 === entry.size) continue;
    left -= now.size;
    if (left < 0) isSure = false;
    else if (!isContent(path, now.size, entry.id, comparison.hash)) return 'yes';
  }
  return isSure ? 'no' : 'unclear';
}

/** What the file holds, or what git's own filters make of it: line ends, and pointers of large files. */
function isContent(path: string, size: number, id: string, hash: HashName): boolean {
  const content = contentOf(path, size);
  if (content.kind === 'none') return false;
  const { bytes } = content;
  if (idOf(hash, 'blob', bytes) === id) return true;
  if (bytes.includes('\r\n') && !bytes.includes(0)) {
    const unix = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    if (idOf(hash, 'blob', unix) === id) return true;
  }
  const large = `oid sha256:${createHash('sha256').update(bytes).digest('hex')}\nsize ${bytes.length}\n`;
  return idOf(hash, 'blob', Buffer.from(`version https://git-lfs.github.com/spec/v1\n${large}`)) === id;
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Answers whether all of a path are folders and no links, which could lead out of the tree. */
function realFolders(root: string): (folder: string) => boolean {
  const known = new Map<string, boolean>([['', true]]);
  const isReal = (folder: string): boolean => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const answer = isReal(parentOf(folder)) && (statOf(join(root, folder))?.isDirectory() ?? false);
    known.set(folder, answer);
    return answer;
  };
  return isReal;
}
