import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** The bytes of a file, or why it has none. */
export type Content =
  { readonly kind: 'bytes'; readonly bytes: Buffer } | { readonly kind: 'none'; readonly because: string };

const none = (because: string): Content => ({ kind: 'none', because });

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** `undefined` where there is nothing, or nothing that may be asked about. Links are not followed. */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

// Between listing and opening, a file may have become a link; a pipe without a writer would wait for ever.
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads a regular file, at most `most` bytes of it; a larger one is not read at all. Synchronous: for the small
 * files of a repository that is several times as fast as promises (measured: 100,000 files in a third of the time).
 * @param unless told the first bytes and answers why the rest is not wanted
 */
export function contentOf(
  path: string,
  most: number,
  unless?: (start: Buffer) => string | undefined,
): Content {
  let file: number;
  try {
    file = openSync(path, FLAGS);
  } catch (error) {
    return none(`cannot be read (${codeOf(error)})`);
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return none('neither a file nor a folder');
    if (unless) {
      const start = Buffer.alloc(Math.min(stats.size, 64));
      const because = unless(start.subarray(0, readSync(file, start, 0, start.length, 0)));
      if (because !== undefined) return none(because);
    }
    if (stats.size > most) return none(`larger than ${most} bytes`);
    return { kind: 'bytes', bytes: allOf(file, stats.size) };
  } catch (error) {
    return none(`cannot be read (${codeOf(error)})`);
  } finally {
    closeSync(file);
  }
}

function allOf(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const got = readSync(file, bytes, filled, size - filled, filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}

/**
 * Reads a file below a folder and makes sure that no folder on the way is a link out of it.
 * @returns `undefined` where there is none that may be read.
 */
export function bytesBelow(folder: string, path: string, most: number): Buffer | undefined {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++)
    if (!statOf(join(folder, ...parts.slice(0, depth)))?.isDirectory()) return undefined;
  const content = contentOf(join(folder, path), most);
  return content.kind === 'bytes' ? content.bytes : undefined;
}
