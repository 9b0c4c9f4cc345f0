import { lineFinder } from './document.ts';

/** Where the keys and items of a TOML document stand: what the parser, which knows values alone, leaves out. */
export interface Places {
  startLine: number;
  endLine: number;
  readonly keys: Map<string, Places>;
  readonly items: Places[];
}

const places = (line: number): Places => ({ startLine: line, endLine: line, keys: new Map(), items: [] });

interface Cursor {
  readonly text: string;
  readonly line: (offset: number) => number;
  index: number;
}

const KEY_PART = /\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*/y;
const BLANK = /(?:[ \t\r\n]+|#[^\n]*)*/y;
const TEXT = /"""(?:[^\\]|\\[^])*?"""+|'''[^]*?'''+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const BARE = /[^\s,\]}#]+(?: \d\d:[\d:.+Z-]+)?/y;

/** Reads a document that the parser has accepted, so that nothing has to be checked again. */
export function placesOf(text: string): Places {
  const cursor: Cursor = { text, line: lineFinder(text), index: 0 };
  const root = places(1);
  let table = root;
  for (;;) {
    take(cursor, BLANK);
    if (cursor.index >= text.length) break;
    const line = cursor.line(cursor.index);
    const before = cursor.index;
    if (text[cursor.index] === '[') table = header(cursor, root, line);
    else pair(cursor, table, line);
    if (cursor.index === before) cursor.index += 1;
  }
  root.endLine = cursor.line(text.length);
  return root;
}

function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.index;
  const [found = ''] = pattern.exec(cursor.text) ?? [];
  cursor.index += found.length;
  return found;
}

function keyPath(cursor: Cursor): readonly string[] {
  const path: string[] = [];
  for (;;) {
    KEY_PART.lastIndex = cursor.index;
    const match = KEY_PART.exec(cursor.text);
    if (!match) return path;
    cursor.index += match[0].length;
    path.push(match[1] ?? match[2] ?? match[3] ?? '');
    if (cursor.text[cursor.index] !== '.') return path;
    cursor.index += 1;
  }
}

function header(cursor: Cursor, root: Places, line: number): Places {
  const isArray = cursor.text.startsWith('[[', cursor.index);
  cursor.index += isArray ? 2 : 1;
  const path = keyPath(cursor);
  const end = cursor.text.indexOf('\n', cursor.index);
  cursor.index = end === -1 ? cursor.text.length : end;
  let table = root;
  path.forEach((key, index) => {
    table = childOf(table, key, line);
    if (isArray && index === path.length - 1) table.items.push(places(line));
    // A table below an array of tables belongs to its last one.
    table = table.items.at(-1) ?? table;
  });
  table.startLine = line;
  return table;
}

function childOf(parent: Places, key: string, line: number): Places {
  const known = parent.keys.get(key);
  if (known) return known;
  const made = places(line);
  parent.keys.set(key, made);
  return made;
}

function pair(cursor: Cursor, table: Places, line: number): void {
  const path = keyPath(cursor);
  take(cursor, /[ \t]*=[ \t]*/y);
  let target = table;
  for (const key of path) target = childOf(target, key, line);
  target.startLine = line;
  value(cursor, target);
  target.endLine = cursor.line(cursor.index);
  table.endLine = Math.max(table.endLine, target.endLine);
}

function value(cursor: Cursor, place: Places): void {
  const character = cursor.text[cursor.index];
  if (character === '[') list(cursor, place);
  else if (character === '{') inlineTable(cursor, place);
  else if (!take(cursor, TEXT)) take(cursor, BARE);
}

function list(cursor: Cursor, place: Places): void {
  cursor.index += 1;
  for (;;) {
    take(cursor, BLANK);
    const character = cursor.text[cursor.index];
    if (character === undefined) return;
    if (character === ']') {
      cursor.index += 1;
      return;
    }
    if (character === ',') {
      cursor.index += 1;
      continue;
    }
    const before = cursor.index;
    const item = places(cursor.line(before));
    value(cursor, item);
    item.endLine = cursor.line(cursor.index);
    place.items.push(item);
    if (cursor.index === before) cursor.index += 1;
  }
}

function inlineTable(cursor: Cursor, place: Places): void {
  cursor.index += 1;
  for (;;) {
    take(cursor, BLANK);
    const character = cursor.text[cursor.index];
    if (character === undefined) return;
    if (character === '}') {
      cursor.index += 1;
      return;
    }
    const before = cursor.index;
    if (character !== ',') pair(cursor, place, cursor.line(before));
    else cursor.index += 1;
    if (cursor.index === before) cursor.index += 1;
  }
}
