import { closeSync, constants, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { bytesBelow, statOf } from '../files.ts';
import { patched } from './delta.ts';

export type ObjectKind = 'commit' | 'tree' | 'blob' | 'tag';

export interface GitObject {
  readonly kind: ObjectKind;
  readonly bytes: Buffer;
}

/** Why there is nothing to read. */
export type NoObject = 'missing' | 'large';

/**
 * What git keeps of a repository: loose objects and packs. Objects that lie in another repository (`alternates`)
 * are not looked for: that would be outside of the tree. What is damaged counts as missing.
 * Format: git's own documentation, "gitformat-pack".
 */
export interface ObjectStore extends Disposable {
  /** @param most bytes; a larger one is not read */
  read(id: string, most: number): GitObject | NoObject;
  /** Commits and tags are small; one that is larger is not looked into. */
  small(id: string): GitObject | undefined;
  /** At most two: more need not be told apart. */
  idsStartingWith(start: string): readonly string[];
}

const SMALL = 1_000_000;
const MOST_PACKS = 200;
/** Git itself makes chains of at most fifty by default. */
const LONGEST_CHAIN = 60;
/** Bytes of bases of deltas that are kept: neighbours in a pack share them. */
const MOST_KEPT = 64_000_000;

/** The tree that a commit names. */
export function treeOfCommit(git: string, commit: string): string | undefined {
  using objects = openObjects(git);
  return treeIn(objects, commit);
}

export function treeIn(objects: ObjectStore, commit: string): string | undefined {
  const object = objects.small(commit);
  return object?.kind === 'commit'
    ? /^tree ([0-9a-f]{40,64})\n/.exec(object.bytes.toString('latin1', 0, 80))?.[1]
    : undefined;
}

export function openObjects(git: string): ObjectStore {
  let packs: readonly Pack[] | undefined;
  const read = (id: string, most: number): GitObject | NoObject => {
    try {
      const loose = looseObject(git, id, most);
      if (loose !== 'missing') return loose;
      packs ??= openPacks(git, id.length / 2);
      for (const pack of packs) {
        const offset = offsetOf(pack.index, id);
        if (offset !== undefined) return objectAt(pack, offset, most, 0);
      }
    } catch {
      // damaged: then it says nothing
    }
    return 'missing';
  };
  return {
    read,
    small: id => {
      const object = read(id, SMALL);
      return typeof object === 'string' ? undefined : object;
    },
    idsStartingWith: start => {
      packs ??= openPacks(git, 20);
      return [...new Set([...looseIds(git, start), ...packs.flatMap(({ index }) => idsIn(index, start))])];
    },
    [Symbol.dispose]: () => {
      for (const { index, pack } of packs ?? []) {
        index[Symbol.dispose]();
        pack[Symbol.dispose]();
      }
    },
  };
}

const KIND = /^(commit|tree|blob|tag) \d+\0/;

function looseObject(git: string, id: string, most: number): GitObject | NoObject {
  const path = `objects/${id.slice(0, 2)}/${id.slice(2)}`;
  const packed = bytesBelow(git, path, most + 1_024);
  if (!packed) return statOf(join(git, path))?.isFile() ? 'large' : 'missing';
  const bytes = inflatedTo(packed, most + 32);
  if (bytes === 'large') return 'large';
  const head = KIND.exec(bytes.toString('latin1', 0, 32));
  return head ? { kind: head[1] as ObjectKind, bytes: bytes.subarray(head[0].length) } : 'missing';
}

function inflatedTo(bytes: Buffer, most: number): Buffer | 'large' {
  try {
    return inflateSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return 'large';
    throw error;
  }
}

function looseIds(git: string, start: string): readonly string[] {
  const folder = join(git, 'objects', start.slice(0, 2));
  if (!statOf(folder)?.isDirectory()) return [];
  return readdirSync(folder)
    .map(name => `${start.slice(0, 2)}${name}`)
    .filter(id => id.startsWith(start) && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id))
    .slice(0, 2);
}

interface Pack {
  readonly index: Opened;
  readonly pack: Opened;
  readonly hashBytes: number;
  readonly bases: Bases;
}

/** Objects that others are made of, by where they stand. */
interface Bases {
  readonly objects: Map<number, GitObject>;
  bytes: number;
}

function openPacks(git: string, hashBytes: number): readonly Pack[] {
  const folder = join(git, 'objects', 'pack');
  if (!statOf(join(git, 'objects'))?.isDirectory() || !statOf(folder)?.isDirectory()) return [];
  const names = readdirSync(folder).filter(name => name.endsWith('.idx'));
  return names
    .sort()
    .slice(0, MOST_PACKS)
    .flatMap((name): Pack[] => {
      const index = opened(join(folder, name));
      const pack = opened(join(folder, name.replace(/\.idx$/, '.pack')));
      if (index && pack) return [{ index, pack, hashBytes, bases: { objects: new Map(), bytes: 0 } }];
      index?.[Symbol.dispose]();
      pack?.[Symbol.dispose]();
      return [];
    });
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

/** How many ids begin with a byte up to this one; `undefined` for what is no index of version 2. */
function counts(index: Opened): ((byte: number) => number) | undefined {
  const head = index.read(0, 8 + 1024);
  if (head.length < 1032 || head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2)
    return undefined;
  return byte => (byte < 0 ? 0 : head.readUInt32BE(8 + byte * 4));
}

/** Where an object stands in the pack of this index (version 2), by halving. */
function offsetOf(index: Opened, id: string): number | undefined {
  const count = counts(index);
  if (!count) return undefined;
  const wanted = Buffer.from(id, 'hex');
  const first = wanted[0] ?? 0;
  const total = count(255);
  let low = count(first - 1);
  let high = count(first);
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

/** At most two: more need not be told apart. Ids of 20 bytes; a repository with longer ones wants them whole. */
function idsIn(index: Opened, start: string): readonly string[] {
  const count = counts(index);
  const first = Number.parseInt(start.slice(0, 2), 16);
  if (!count) return [];
  const found: string[] = [];
  for (let at = count(first - 1); at < count(first) && found.length < 2; at++) {
    const id = index.read(1032 + at * 20, 20).toString('hex');
    if (id.startsWith(start)) found.push(id);
  }
  return found;
}

const KINDS: Readonly<Record<number, ObjectKind>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };

function objectAt(from: Pack, offset: number, most: number, chain: number): GitObject | NoObject {
  const kept = from.bases.objects.get(offset);
  if (kept) return kept.bytes.length > most ? 'large' : kept;
  if (chain > LONGEST_CHAIN) return 'missing';
  const head = from.pack.read(offset, 64);
  const { kind, size, end } = headerOf(head);
  if (size > most) return 'large';
  const inflate = (at: number) =>
    inflateSync(from.pack.read(offset + at, size + 1_024 + (size >>> 10)), {
      maxOutputLength: Math.max(size, 1),
    });
  const plain = KINDS[kind];
  if (plain) return { kind: plain, bytes: inflate(end) };
  if (kind !== 6 && kind !== 7) return 'missing';
  const base =
    kind === 7
      ? { start: offsetOf(from.index, head.toString('hex', end, end + from.hashBytes)), end: end + from.hashBytes }
      : baseBefore(head, end, offset); // prettier-ignore
  if (base.start === undefined || base.start < 0) return 'missing';
  // A base may be a little larger than what is made of it.
  const original = objectAt(from, base.start, most * 2, chain + 1);
  if (typeof original === 'string') return original;
  if (!from.bases.objects.has(base.start)) keep(from.bases, base.start, original);
  const bytes = patched(original.bytes, inflate(base.end), most);
  return typeof bytes === 'string' ? bytes : { kind: original.kind, bytes };
}

/** Those that were kept first make room. */
function keep(bases: Bases, at: number, object: GitObject): void {
  bases.objects.set(at, object);
  bases.bytes += object.bytes.length;
  for (const [first, { bytes }] of bases.objects) {
    if (bases.bytes <= MOST_KEPT) return;
    bases.objects.delete(first);
    bases.bytes -= bytes.length;
  }
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
