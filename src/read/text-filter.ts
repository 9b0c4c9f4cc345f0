import type { SourceFile } from '../model/index.ts';

/** Bits of a filter; a file of usual size sets one in twenty. */
const BITS = 1 << 16;

/**
 * Says at once of most words that a text does not hold them: all runs of three characters are kept as bits, and a
 * word one of whose runs is missing cannot stand there. `true` means that one has to look.
 */
export function textFilter(text: string): (word: string) => boolean {
  const bits = new Uint32Array(BITS / 32);
  let before = text.charCodeAt(0);
  let last = text.charCodeAt(1);
  for (let index = 2; index < text.length; index++) {
    const next = text.charCodeAt(index);
    const bit = bitOf(before, last, next);
    bits[bit >> 5] = (bits[bit >> 5] ?? 0) | (1 << (bit & 31));
    before = last;
    last = next;
  }
  return word => {
    for (let index = 0; index + 2 < word.length; index++) {
      const bit = bitOf(word.charCodeAt(index), word.charCodeAt(index + 1), word.charCodeAt(index + 2));
      if (((bits[bit >> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  };
}

const bitOf = (a: number, b: number, c: number): number => ((a * 31 + b) * 37 + c * 1009) & (BITS - 1);

const filters = new WeakMap<SourceFile, (word: string) => boolean>();

/**
 * Whether a word stands in a file. Each file is gone through once for all who ask, so ask here before a pattern is
 * tried on every file of a repository.
 */
export const holds = (file: SourceFile, word: string): boolean =>
  filterOf(file)(word) && file.text.includes(word);

/** The filter of a file, made now if it is not there yet. */
export function filterOf(file: SourceFile): (word: string) => boolean {
  let filter = filters.get(file);
  if (!filter) filters.set(file, (filter = textFilter(file.text)));
  return filter;
}
