import { parser } from '@lezer/python';
import { bridgeGaps } from '../python/gaps.ts';

/**
 * A parsed file as numbers, which cross a thread for nothing and rest in a cache: four per node in the order
 * of the text: type, start, end, and the index of the node after its last descendant.
 */
export type FlatTree = Int32Array<ArrayBuffer>;

export const FIELDS = 4;

/** The deepest nesting that is read. Deeper code is a trap or generated; its inner part is left out. */
const DEEPEST = 400;

export const nodeNames: readonly string[] = parser.nodeSet.types.map(type => type.name);

const ERROR = parser.nodeSet.types.findIndex(type => type.isError);
export const isErrorType = (type: number): boolean => type === ERROR;

export function flatten(text: string): FlatTree {
  const tree = parser.parse(bridgeGaps(text));
  let cells = new Int32Array(Math.max(1024, text.length));
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
