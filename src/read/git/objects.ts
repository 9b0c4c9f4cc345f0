import { closeSync, constants, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { bytesBelow, statOf } from '../files.ts';

/** Commits are small; one that is larger than this is not looked into. */
const LARGEST = 1_000_000;
const MOST_PACKS = 200;
/** Git itself makes chains of at most fifty by default. */
const LONGEST_CHAIN = 60;

/**
 * The tree that a commit names, from git's loose objects or packs. Objects that lie in another repository
 * (`alternates`) are not looked for: that would be outside of the tree.
 * Format: git's own documentation, "gitformat-pack".
 */
export function treeOfCommit(git: string, commit: string): string | undefined {
  try {
    const bytes = looseCommit(git, commit) ?? packedCommit(git, commit);
    return bytes && /^tree ([0-9a-f]{40,64})\n/.exec(bytes.toString('latin1', 0, 80))?.[1];
  } catch {
    return undefined; // damaged: then it says nothing
  }
}

function looseCommit(git: string, id: string): Buffer | undefined {
  const packed = bytesBelow(git, `objects/${id.slice(0, 2)}/${id.slice(2)}`, LARGEST);
  if (!packed) return undefined;
  const bytes = inflateSync(packed, { maxOutputLength: LARGEST });
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, 7) === 'commit ' && end !== -1 ? bytes.subarray(end + 1) : undefined;
}

function packedCommit(git: string, id: string): Buffer | undefined {
  const folder = join(git, 'objects', 'pack');
  if (!statOf(join(git, 'objects'))?.isDirectory() || !statOf(folder)?.isDirectory()) return undefined;
  const packs = readdirSync(folder).filter(name => name.endsWith('.idx'));
  for (const name of packs.sort().slice(0, MOST_PACKS)) {
    using index = opened(join(folder, name));
    const offset = index && offsetOf(index, id);
    if (offset === undefined) continue;
    using pack = opened(join(folder, name.replace(/\.idx$/, '.pack')));
    return index && pack && objectAt({ index, pack, hashBytes: id.length / 2 }, offset, 0);
  }
  return undefined;
}

/** A file that is read in places, as packs are larger than memory should hold. */
interface Opened extends Disposable {
  /** Fewer bytes where the file ends. */
  read(from: number, length: number): Buffer;
}

function opened(path: string): Opened | undefined {
  if (!statOf(path)?.isFile()) return undefined;
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  return {
    read(from, length) {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, from));
    },
    [Symbol.dispose]: () => {
      closeSync(file);
    },
  };
}

/** Where an object stands in the pack of this index (version 2), by halving. */
function offsetOf(index: Opened, id: string): number | undefined {
  const head = index.read(0, 8 + 1024);
  if (head.length < 1032 || head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2)
    return undefined;
  const wanted = Buffer.from(id, 'hex');
  const first = wanted[0] ?? 0;
  const total = head.readUInt32BE(8 + 255 * 4);
  let low = first === 0 ? 0 : head.readUInt32BE(8 + (first - 1) * 4);
  let high = head.readUInt32BE(8 + first * 4);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = index.read(1032 + middle * wanted.length, wanted.length).compare(wanted);
    if (order === 0) {
      const offsets = 1032 + total * (wanted.length + 4);
      const short = index.read(offsets + middle * 4, 4).readUInt32BE(0);
      if (short < 0x80000000) return short;
      return Number(index.read(offsets + total * 4 + (short - 0x80000000) * 8, 8).readBigUInt64BE(0));
    }
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

interface Pack {
  readonly index: Opened;
  readonly pack: Opened;
  readonly hashBytes: number;
}

function objectAt(from: Pack, offset: number, chain: number): Buffer | undefined {
  if (chain > LONGEST_CHAIN) return undefined;
  const head = from.pack.read(offset, 64);
  const { kind, size, end } = headerOf(head);
  if (size > LARGEST) return undefined;
  const inflate = (at: number) =>
    inflateSync(from.pack.read(offset + at, size + 1_024), { maxOutputLength: LARGEST });
  if (kind === 1) return inflate(end);
  if (kind !== 6 && kind !== 7) return undefined;
  const base =
    kind === 7
      ? { start: offsetOf(from.index, head.toString('hex', end, end + from.hashBytes)), end: end + from.hashBytes }
      : baseBefore(head, end, offset); // prettier-ignore
  if (base.start === undefined || base.start < 0) return undefined;
  const original = objectAt(from, base.start, chain + 1);
  return original && patched(original, inflate(base.end));
}

/** Three bits for the kind, then the size: four bits, and seven in each further byte. */
function headerOf(head: Buffer): { kind: number; size: number; end: number } {
  const first = head[0] ?? 0;
  let size = first & 0x0f;
  let at = 1;
  let scale = 16;
  for (let byte = first; (byte & 0x80) !== 0 && at < 10; at++) {
    byte = head[at] ?? 0;
    size += (byte & 0x7f) * scale;
    scale *= 128;
  }
  return { kind: (first >> 4) & 7, size, end: at };
}

/** How far before this object its base stands. */
function baseBefore(head: Buffer, from: number, offset: number): { start: number; end: number } {
  let at = from;
  let byte = head[at++] ?? 0;
  let distance = byte & 0x7f;
  while ((byte & 0x80) !== 0 && at < 20) {
    byte = head[at++] ?? 0;
    distance = (distance + 1) * 128 + (byte & 0x7f);
  }
  // A base stands before its object, so no circle is possible.
  return { start: distance > 0 ? offset - distance : -1, end: at };
}

/** The base with the changes of a delta: pieces copied from it, and new bytes. */
function patched(base: Buffer, delta: Buffer): Buffer | undefined {
  let at = 0;
  for (let sizes = 0; sizes < 2; at++) if (((delta[at] ?? 0) & 0x80) === 0) sizes++;
  const parts: Buffer[] = [];
  let length = 0;
  while (at < delta.length && length <= LARGEST) {
    const op = delta[at++] ?? 0;
    if ((op & 0x80) === 0) {
      parts.push(delta.subarray(at, at + op));
      at += op;
    } else {
      const number = (bits: readonly number[]) =>
        bits.reduce(
          (sum, bit, index) => ((op & bit) === 0 ? sum : sum + (delta[at++] ?? 0) * 256 ** index),
          0,
        );
      const start = number([1, 2, 4, 8]);
      const size = number([16, 32, 64]) || 0x10000;
      parts.push(base.subarray(start, start + size));
    }
    length += parts.at(-1)?.length ?? 0;
  }
  return length <= LARGEST ? Buffer.concat(parts) : undefined;
}
