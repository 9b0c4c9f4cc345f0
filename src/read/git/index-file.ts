/** One file that git tracks, as its index describes it. */
export interface IndexEntry {
  readonly path: string;
  readonly size: number;
  /** Seconds. */
  readonly modified: number;
  /** The id of the content as it was staged, in hexadecimal. */
  readonly id: string;
  readonly mode: number;
}

/**
 * Reads `.git/index` (versions 2 to 4), so that no program of the repository's configuration is ever run, as
 * asking git itself could do. `undefined` for what is not such a file.
 * Format: git's own documentation, "index-format".
 */
export function readIndex(bytes: Buffer): readonly IndexEntry[] | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const count = bytes.readUInt32BE(8);
  const entries: IndexEntry[] = [];
  let at = 12;
  let previous = '';
  for (let i = 0; i < count; i++) {
    if (at + 62 > bytes.length) return undefined;
    const flags = bytes.readUInt16BE(at + 60);
    const nameStart = at + 62 + (version >= 3 && (flags & 0x4000) !== 0 ? 2 : 0);
    const name = version === 4 ? compressedName(bytes, nameStart, previous) : plainName(bytes, nameStart);
    if (!name) return undefined;
    previous = name.path;
    entries.push({
      path: name.path,
      modified: bytes.readUInt32BE(at + 8),
      mode: bytes.readUInt32BE(at + 24),
      size: bytes.readUInt32BE(at + 36),
      id: bytes.toString('hex', at + 40, at + 60),
    });
    // Versions 2 and 3 fill up each entry to a multiple of eight bytes.
    at = version === 4 ? name.end + 1 : at + Math.ceil((name.end - at + 1) / 8) * 8;
  }
  return entries;
}

interface NameInIndex {
  readonly path: string;
  /** The index of the NUL byte behind it. */
  readonly end: number;
}

function plainName(bytes: Buffer, start: number): NameInIndex | undefined {
  const end = bytes.indexOf(0, start);
  return end === -1 ? undefined : { path: bytes.toString('utf8', start, end), end };
}

/** Version 4: how much to drop from the end of the name before, then the rest. */
function compressedName(bytes: Buffer, start: number, previous: string): NameInIndex | undefined {
  let at = start;
  let byte = bytes[at] ?? 0;
  let drop = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes[++at] ?? 0;
    drop = ((drop + 1) << 7) | (byte & 0x7f);
  }
  const rest = plainName(bytes, at + 1);
  if (!rest) return undefined;
  const kept = Buffer.from(previous, 'utf8');
  return { path: kept.toString('utf8', 0, Math.max(0, kept.length - drop)) + rest.path, end: rest.end };
}
