import type { SourceFile } from '../../model/index.ts';
import { documentReader, lineFinder, linesOf, problem, type Document } from './document.ts';
import type { Entry, Scalar, Tree } from './tree.ts';

const MAX_DEPTH = 200;

/** JSON with places; comments and commas at the end of lists are tolerated, as editors' settings files have them. */
export const readJson = documentReader(
  (file: SourceFile): Document<Tree> => parseJson(file.text, file.path),
  20_000_000,
);

interface Cursor {
  readonly text: string;
  readonly path: string;
  readonly line: (offset: number) => number;
  index: number;
}

/** Thrown and caught here: a syntax error ends the whole document. */
interface Fault {
  readonly fault: string;
}

const fault = (what: string): Fault => ({ fault: what });
const isFault = (result: Tree | Fault): result is Fault => 'fault' in result;

export function parseJson(text: string, path: string): Document<Tree> {
  const cursor: Cursor = { text, path, line: lineFinder(text), index: text.startsWith('\uFEFF') ? 1 : 0 };
  const tree = valueAt(cursor, 0);
  const where = (): ReturnType<typeof linesOf> => linesOf(path, cursor.line(cursor.index), 0);
  if (isFault(tree)) return problem(tree.fault, where());
  skip(cursor);
  return cursor.index < text.length
    ? problem('something stands after the end of the JSON', where())
    : { state: 'read', content: tree };
}

const BLANK = /(?:\s+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))*/y;
const PLAIN = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function skip(cursor: Cursor): void {
  BLANK.lastIndex = cursor.index;
  BLANK.exec(cursor.text);
  cursor.index = Math.max(cursor.index, BLANK.lastIndex);
}

function valueAt(cursor: Cursor, depth: number): Tree | Fault {
  if (depth > MAX_DEPTH) return fault('it is nested too deeply');
  skip(cursor);
  const start = cursor.index;
  const character = cursor.text[start];
  if (character === '{') return mapAt(cursor, depth);
  if (character === '[') return listAt(cursor, depth);
  if (character === '"') {
    const text = stringAt(cursor);
    return text === undefined ? fault('a text is not closed') : scalar(cursor, start, text, text);
  }
  PLAIN.lastIndex = start;
  const [plain] = PLAIN.exec(cursor.text) ?? [];
  if (plain === undefined) return fault('a value is missing');
  cursor.index += plain.length;
  return scalar(cursor, start, JSON.parse(plain) as Scalar, plain);
}

const scalar = (cursor: Cursor, start: number, value: Scalar, text: string): Tree => ({
  kind: 'scalar',
  value,
  text,
  tag: '',
  at: linesOf(cursor.path, cursor.line(start), cursor.line(start)),
});

const STRING = /"(?:[^"\\\n]|\\.)*"/y;

function stringAt(cursor: Cursor): string | undefined {
  STRING.lastIndex = cursor.index;
  const [quoted] = STRING.exec(cursor.text) ?? [];
  if (quoted === undefined) return undefined;
  cursor.index += quoted.length;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1); // an escape that JSON does not know: the text as it stands
  }
}

function listAt(cursor: Cursor, depth: number): Tree | Fault {
  const startLine = cursor.line(cursor.index);
  const items: Tree[] = [];
  cursor.index += 1;
  while (!closes(cursor, ']')) {
    const item = valueAt(cursor, depth + 1);
    if (isFault(item)) return item;
    items.push(item);
    if (!separated(cursor, ']')) return fault('a list is not closed');
  }
  const at = linesOf(cursor.path, startLine, cursor.line(cursor.index - 1));
  return { kind: 'list', items, tag: '', at };
}

function mapAt(cursor: Cursor, depth: number): Tree | Fault {
  const startLine = cursor.line(cursor.index);
  const entries: Entry[] = [];
  cursor.index += 1;
  while (!closes(cursor, '}')) {
    const keyLine = cursor.line(cursor.index);
    const key = stringAt(cursor);
    skip(cursor);
    if (key === undefined || cursor.text[cursor.index] !== ':') return fault('a key is missing');
    cursor.index += 1;
    const value = valueAt(cursor, depth + 1);
    if (isFault(value)) return value;
    const keyAt = linesOf(cursor.path, keyLine, keyLine);
    entries.push({ key, keyAt, value, at: linesOf(cursor.path, keyLine, value.at.endLine) });
    if (!separated(cursor, '}')) return fault('an object is not closed');
  }
  const at = linesOf(cursor.path, startLine, cursor.line(cursor.index - 1));
  return { kind: 'map', entries, open: false, tag: '', at };
}

/** Takes the bracket if it is there. */
function closes(cursor: Cursor, bracket: string): boolean {
  skip(cursor);
  if (cursor.text[cursor.index] !== bracket) return false;
  cursor.index += 1;
  return true;
}

/** Takes a comma; true also where the bracket follows. */
function separated(cursor: Cursor, bracket: string): boolean {
  skip(cursor);
  if (cursor.text[cursor.index] === bracket) return true;
  if (cursor.text[cursor.index] !== ',') return false;
  cursor.index += 1;
  return true;
}
