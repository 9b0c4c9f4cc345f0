import type { SourceFile } from '../../model/index.ts';
import type { Span, SyntaxTree } from '../syntax.ts';
import { FIELDS, isErrorType, nodeNames, type FlatTree } from './flat.ts';
import { statementsOf } from './statements.ts';

const COMMENT = nodeNames.indexOf('Comment');

/** More damage than this says nothing new. */
const MOST_DAMAGE = 20;

/** A parsed file out of its flat form. Function bodies are read when somebody asks for them. */
export function treeOf(file: SourceFile, cells: FlatTree): SyntaxTree {
  const starts = lineStartsOf(file.text);
  const lineAt = (offset: number) => lineIn(starts, offset);
  const comments: Span[] = [];
  const damage = new Set<number>();
  for (let cell = 0; cell < cells.length; cell += FIELDS) {
    const type = cells[cell] ?? 0;
    if (type === COMMENT) comments.push({ start: cells[cell + 1] ?? 0, end: cells[cell + 2] ?? 0 });
    else if (isErrorType(type) && damage.size < MOST_DAMAGE) {
      const at = cells[cell + 1] ?? 0;
      if (!isBetweenComments(file.text, at, cells[cell + 2] ?? 0)) damage.add(lineAt(at));
    }
  }
  return {
    file,
    body: statementsOf({ text: file.text, cells }, 0),
    damage: [...damage],
    comments,
    locate: ({ start, end }) => ({
      path: file.path,
      startLine: lineAt(start),
      endLine: lineAt(Math.max(start, end - 1)),
    }),
    textOf: ({ start, end }) => file.text.slice(start, end),
  };
}

/** The parser trips over the end of some comment lines and goes on as if nothing were: no damage. */
const isBetweenComments = (text: string, from: number, to: number): boolean =>
  text[from] === '\n' && to <= from + 1 && /^\n[ \t]*#/.test(text.slice(from, from + 200));

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

/** The line (from 1) that holds this offset: the last start that is not behind it. */
function lineIn(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
