import { fileOf, type Location, type SourceFile } from '../../model/index.ts';

/** What came of reading a document. One that cannot be parsed degrades itself, never the run. */
export type Document<T> =
  | { readonly state: 'read'; readonly content: T }
  | { readonly state: 'problem'; readonly because: string; readonly at: Location };

export const problem = (because: string, at: Location): Document<never> => ({
  state: 'problem',
  because,
  at,
});

/** The content, or `undefined` for a document that could not be read. */
export const contentOf = <T>(document: Document<T>): T | undefined =>
  document.state === 'read' ? document.content : undefined;

/** Longest text that is parsed. Documents that people write are far below; the bound is for hostile ones. */
const MAX_CHARACTERS = 2_000_000;

/**
 * A reader that parses each file once. A parser that throws (its stack ends on deep nesting, its grammar does not
 * fit) makes a problem of the file: the repository is hostile input.
 */
export function documentReader<T>(
  parse: (file: SourceFile) => Document<T>,
  maxCharacters = MAX_CHARACTERS,
): (file: SourceFile) => Document<T> {
  const known = new WeakMap<SourceFile, Document<T>>();
  return file => {
    const before = known.get(file);
    if (before) return before;
    const document = parseBounded(file, parse, maxCharacters);
    known.set(file, document);
    return document;
  };
}

function parseBounded<T>(
  file: SourceFile,
  parse: (file: SourceFile) => Document<T>,
  maxCharacters: number,
): Document<T> {
  const at = fileOf(file.path);
  if (file.text.length > maxCharacters) return problem(`it is longer than ${maxCharacters} characters`, at);
  try {
    return parse(file);
  } catch (thrown) {
    return problem(firstLine(thrown), at);
  }
}

/** Parsers put an excerpt of the source, and with it perhaps a secret, on the lines after the first. */
export function firstLine(thrown: unknown): string {
  if (thrown instanceof RangeError) return 'it is nested too deeply';
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split('\n', 1)[0] ?? message;
}

/** From an offset in a text to its line, counted from 1. */
export function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let next = text.indexOf('\n'); next !== -1; next = text.indexOf('\n', next + 1)) starts.push(next + 1);
  return offset => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

export const linesOf = (path: string, startLine: number, endLine: number): Location => ({
  path,
  startLine,
  endLine: Math.max(startLine, endLine),
});
