/** One file that git tracks, as its index describes it. */
export interface IndexEntry {
  readonly path: string;
  readonly size: number;
  /** Seconds. */
  readonly modified: number;
  /** The id of the content as it was staged, in hexadecimal. */
  readonly id: string;
  readonly mode: number;
  /** Left out of the working tree on purpose, by a sparse checkout. */
  readonly isSparse: boolean;
  /** Announced by `git add -N` without content: tracked, but in no tree yet. */
  readonly isIntended: boolean;
  /** One side of a conflict. */
  readonly isConflict: boolean;
}

/** Longer paths exist on no file system; in all, what a million ordinary paths take. */
const LONGEST_PATH = 4_096;
const PATH_CHARACTERS = 100_000_000;

/**
 * Reads `.git/index` (versions 2 to 4), so that no program of the repository's configuration is ever run, as
 * asking git itself could do. `undefined` for what is not such a file, for one that names paths outside of the
 * tree, and for one that is split over several files.
 * Format: git's own documentation, "index-format".
 * @param hashBytes 20, or 32 in a repository with SHA-256
 */
export function readIndex(bytes: Buffer, hashBytes = 20): readonly IndexEntry[] | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const count = bytes.readUInt32BE(8);
  const entries: IndexEntry[] = [];
  let at = 12;
  let previous = '';
  let characters = 0;
  for (let i = 0; i < count; i++) {
    const found = entryAt(bytes, at, { version, hashBytes, previous });
    characters += found?.entry.path.length ?? 0;
    if (!found || characters > PATH_CHARACTERS) return undefined;
    previous = found.entry.path;
    entries.push(found.entry);
    // Versions 2 and 3 fill up each entry to a multiple of eight bytes.
    at = version === 4 ? found.end + 1 : at + Math.ceil((found.end - at + 1) / 8) * 8;
  }
  return isSplit(bytes, at, hashBytes) ? undefined : entries;
}

interface Format {
  readonly version: number;
  readonly hashBytes: number;
  /** The path of the entry before. */
  readonly previous: string;
}

/** The entry that starts here, and the index of the NUL byte behind its name. */
function entryAt(
  bytes: Buffer,
  at: number,
  { version, hashBytes, previous }: Format,
): { readonly entry: IndexEntry; readonly end: number } | undefined {
  const fixed = at + 42 + hashBytes; // ten numbers, the hash, the flags
  if (fixed + 2 > bytes.length) return undefined;
  const flags = bytes.readUInt16BE(fixed - 2);
  const isExtended = version >= 3 && (flags & 0x4000) !== 0;
  const more = isExtended ? bytes.readUInt16BE(fixed) : 0;
  const start = fixed + (isExtended ? 2 : 0);
  const name = version === 4 ? compressedName(bytes, start, previous) : plainName(bytes, start);
  if (!name || !isInside(name.path)) return undefined;
  const entry = {
    path: name.path,
    modified: bytes.readUInt32BE(at + 8),
    mode: bytes.readUInt32BE(at + 24),
    size: bytes.readUInt32BE(at + 36),
    id: bytes.toString('hex', at + 40, at + 40 + hashBytes),
    isSparse: (more & 0x4000) !== 0,
    isIntended: (more & 0x2000) !== 0,
    isConflict: (flags & 0x3000) !== 0,
  };
  return { entry, end: name.end };
}

/** The extension `link` says that most entries are in another file. */
function isSplit(bytes: Buffer, from: number, hashBytes: number): boolean {
  for (let at = from; at + 8 <= bytes.length - hashBytes; at += 8 + bytes.readUInt32BE(at + 4))
    if (bytes.toString('latin1', at, at + 4) === 'link') return true;
  return false;
}

/** Git writes no other paths; an index made by hand may, to have files outside of the tree read. */
const isInside = (path: string): boolean =>
  path.length <= LONGEST_PATH && !/(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i.test(path.replace(/\/$/, ''));

interface NameInIndex {
  readonly path: string;
  /** The index of the NUL byte behind it. */
  readonly end: number;
}

function plainName(bytes: Buffer, start: number): NameInIndex | undefined {
  const end = bytes.indexOf(0, start);
  return end === -1 || end - start > LONGEST_PATH
    ? undefined
    : { path: bytes.toString('utf8', start, end), end };
}

/** Version 4: how much to drop from the end of the name before, then the rest. */
function compressedName(bytes: Buffer, start: number, previous: string): NameInIndex | undefined {
  let at = start;
  let byte = bytes[at] ?? 0;
  let drop = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes[++at] ?? 0;
    drop = ((drop + 1) << 7) | (byte & 0x7f);
    if (drop > LONGEST_PATH) return undefined;
  }
  const rest = plainName(bytes, at + 1);
  const kept = Buffer.from(previous, 'utf8');
  if (!rest || drop > kept.length) return undefined;
  return { path: kept.toString('utf8', 0, kept.length - drop) + rest.path, end: rest.end };
}
