import type { SourceFile } from '../../model/index.ts';
import type { Mentions, Places, Span, SyntaxTree } from '../syntax.ts';
import { firstFrom } from '../sorted.ts';
import { languageOf } from './languages.ts';
import type { Scanned } from './scanned.ts';

/** A parsed file. Its statements, and the body of each function, are read when somebody asks for them. */
export function treeOf(file: SourceFile, scanned: Scanned): SyntaxTree {
  const lineStarts = once(() => lineStartsOf(file.text));
  const lineAt = (offset: number) => lineIn(lineStarts(), offset);
  const body = once(() => languageOf(file.path).statements(file.text, scanned.cells));
  return {
    file,
    get body() {
      return body();
    },
    mentions: mentionsOf(scanned),
    damage: [...new Set(scanned.damage.map(lineAt))],
    get comments() {
      return pairsOf(scanned.comments);
    },
    locate: ({ start, end }) => ({
      path: file.path,
      startLine: lineAt(start),
      endLine: lineAt(Math.max(start, end - 1)),
    }),
    textOf: ({ start, end }) => file.text.slice(start, end),
  };
}

const NOWHERE: Places = new Int32Array();

function mentionsOf({
  words,
  starts,
  places,
  definitions,
  calls,
  onBuiltins,
  imports,
  hasWalrus,
}: Scanned): Mentions {
  const numbers = once(() => new Map(words.map((word, index) => [word, index])));
  const definedAt = once(() => Int32Array.from(definitions, ({ start }) => start).sort());
  return {
    words,
    definitions,
    imports,
    hasWalrus,
    hasCall({ start, end }) {
      const next = calls[firstFrom(calls, start)];
      return next !== undefined && next < end;
    },
    isOnBuiltin: offset => onBuiltins[firstFrom(onBuiltins, offset)] === offset,
    hasDefinition({ start, end }) {
      const next = definedAt()[firstFrom(definedAt(), start)];
      return next !== undefined && next < end;
    },
    placesOf(word) {
      const number = numbers().get(word);
      return number === undefined ? NOWHERE : places.subarray(starts[number], starts[number + 1]);
    },
  };
}

function pairsOf(numbers: Int32Array): readonly Span[] {
  const pairs: Span[] = [];
  for (let at = 0; at < numbers.length; at += 2)
    pairs.push({ start: numbers[at] ?? 0, end: numbers[at + 1] ?? 0 });
  return pairs;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

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
