import { createHash } from 'node:crypto';
import type { IndexEntry } from './index-file.ts';

export type HashName = 'sha1' | 'sha256';

/** The id that git gives to a content of this kind. */
export const idOf = (hash: HashName, kind: 'blob' | 'tree', bytes: Buffer): string =>
  createHash(hash).update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');

/**
 * The id of the tree that the index would become when it is committed; it is the commit's own tree when nothing
 * is staged. `undefined` for names that are no UTF-8, whose bytes are not known any more.
 */
export function treeIdOf(entries: readonly IndexEntry[], hash: HashName): string | undefined {
  const staged = entries.filter(entry => !entry.isIntended);
  if (staged.some(({ path }) => path.includes('\uFFFD'))) return undefined;
  return treeOf(staged, 0, staged.length, 0, hash);
}

/** Of the entries from `from` up to `to`, which share the first `offset` characters. Git keeps them sorted. */
function treeOf(
  entries: readonly IndexEntry[],
  from: number,
  to: number,
  offset: number,
  hash: HashName,
): string {
  const parts: Buffer[] = [];
  for (let at = from; at < to;) {
    const entry = entries[at];
    if (!entry) break;
    const slash = entry.path.indexOf('/', offset);
    const name = slash === -1 ? entry.path.slice(offset) : entry.path.slice(offset, slash);
    if (slash === -1 || slash === entry.path.length - 1) {
      // A file, or a whole folder that a sparse checkout left out.
      parts.push(Buffer.from(`${entry.mode.toString(8)} ${name}\0`), Buffer.from(entry.id, 'hex'));
      at++;
      continue;
    }
    const folder = entry.path.slice(0, slash + 1);
    let end = at + 1;
    while (end < to && entries[end]?.path.startsWith(folder)) end++;
    parts.push(Buffer.from(`40000 ${name}\0`), Buffer.from(treeOf(entries, at, end, slash + 1, hash), 'hex'));
    at = end;
  }
  return idOf(hash, 'tree', Buffer.concat(parts));
}
