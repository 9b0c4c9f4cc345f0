import type { ImportSite } from '../syntax.ts';
import type { FlatTree } from './flat.ts';

/** A parsed file in a form that crosses threads: the tree as numbers, and what one walk over it tells. */
export interface Scanned {
  readonly cells: FlatTree;
  readonly words: readonly string[];
  /** The places of word `n` are those from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Int32Array<ArrayBuffer>;
  readonly places: Int32Array<ArrayBuffer>;
  readonly definitions: readonly {
    readonly name: string;
    readonly start: number;
    readonly namedAt: number;
  }[];
  /** Where something is called, or a function stands in an expression, in the order of the text. */
  readonly calls: Int32Array<ArrayBuffer>;
  /** Calls of methods of what the file itself makes of the language's own classes, in the order of the text. */
  readonly onBuiltins: Int32Array<ArrayBuffer>;
  readonly imports: readonly ImportSite[];
  /** Whether a name is bound inside of an expression anywhere. */
  readonly hasWalrus: boolean;
  /** Start and end of each comment. */
  readonly comments: Int32Array<ArrayBuffer>;
  /** Offsets at which the file does not parse. */
  readonly damage: readonly number[];
}

/** More damage than this says nothing new. */
export const MOST_DAMAGE = 20;

/** The buffers that are moved to another thread instead of being copied. */
export const buffersOf = ({
  cells,
  starts,
  places,
  calls,
  onBuiltins,
  comments,
}: Scanned): readonly ArrayBuffer[] =>
  [cells, starts, places, calls, onBuiltins, comments].map(({ buffer }) => buffer);

/** Gathers where words stand. */
export interface Gathered {
  mention(word: string, start: number, isCalled: boolean): void;
  grouped(): Pick<Scanned, 'words' | 'starts' | 'places'>;
}

export function gatherWords(): Gathered {
  const numbers = new Map<string, number>();
  const names: number[] = [];
  const places: number[] = [];
  return {
    mention(word, start, isCalled) {
      let number = numbers.get(word);
      if (number === undefined) numbers.set(word, (number = numbers.size));
      names.push(number);
      places.push(start * 2 + (isCalled ? 1 : 0));
    },
    grouped: () => ({ words: [...numbers.keys()], ...sorted(numbers.size, names, places) }),
  };
}

/** Places by word, each group in the order of the text: a counting sort. */
function sorted(
  words: number,
  names: readonly number[],
  places: readonly number[],
): Pick<Scanned, 'starts' | 'places'> {
  const starts = new Int32Array(words + 1);
  for (const name of names) starts[name + 1] = (starts[name + 1] ?? 0) + 1;
  for (let word = 0; word < words; word++) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0);
  const next = starts.slice();
  const inOrder = new Int32Array(places.length);
  names.forEach((name, index) => {
    const at = next[name] ?? 0;
    inOrder[at] = places[index] ?? 0;
    next[name] = at + 1;
  });
  return { starts, places: inOrder };
}
