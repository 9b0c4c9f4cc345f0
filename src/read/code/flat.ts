import type { NodeType, Tree } from '@lezer/common';

/**
 * A parsed file as numbers, which cross a thread for nothing and rest in a cache: four per node in the order
 * of the text: type, start, end, and the index of the node after its last descendant.
 */
export type FlatTree = Int32Array<ArrayBuffer>;

export const FIELDS = 4;

/** The deepest nesting that is read. Deeper code is a trap or generated; its inner part is left out. */
const DEEPEST = 400;

/** What the types of nodes of a language are called, and what they are good for. */
export interface Grammar {
  readonly names: readonly string[];
  readonly isComment: readonly boolean[];
  readonly isPunctuation: readonly boolean[];
  /** Words of the grammar (`def`, `if`, `:`) are nodes as well; statements and expressions have capital names. */
  readonly isWord: readonly boolean[];
  /** The type of a place that does not parse. */
  readonly error: number;
}

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ':', ';', '.']);

export function grammarOf(types: readonly NodeType[]): Grammar {
  const names = types.map(type => type.name);
  return {
    names,
    isComment: names.map(name => /Comment$|^Hashbang$/.test(name)),
    isPunctuation: names.map(name => PUNCTUATION.has(name)),
    isWord: names.map(name => !/^[A-Z⚠]/.test(name)),
    error: types.findIndex(type => type.isError),
  };
}

export function flatten(tree: Tree, characters: number): FlatTree {
  let cells = new Int32Array(Math.max(1024, characters));
  let count = 0;
  const open: number[] = [];
  let depth = 0;
  const cursor = tree.cursor();
  for (;;) {
    if (count + FIELDS > cells.length) cells = grown(cells);
    cells[count] = cursor.type.id;
    cells[count + 1] = cursor.from;
    cells[count + 2] = cursor.to;
    open[depth] = count;
    count += FIELDS;
    if (depth < DEEPEST && cursor.firstChild()) {
      depth++;
      continue;
    }
    cells[count - 1] = count / FIELDS;
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return cells.slice(0, count);
      depth--;
      cells[(open[depth] ?? 0) + 3] = count / FIELDS;
    }
  }
}

function grown(cells: FlatTree): FlatTree {
  const larger = new Int32Array(cells.length * 2);
  larger.set(cells);
  return larger;
}
