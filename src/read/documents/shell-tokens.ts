import { literal, unclearTerm, type Location, type Term } from '../../model/index.ts';
import { linesOf } from './document.ts';
import { joined, variableAt } from './interpolation.ts';

/** One word of a command line after quotes are taken away. */
export interface Word {
  /** Quotes removed, variables as written: `--bind=0.0.0.0:$PORT`. */
  readonly text: string;
  readonly term: Term;
  readonly quoted: boolean;
  readonly at: Location;
  /** Where it stands in the text, for its source. */
  readonly start: number;
  readonly end: number;
}

export type Token =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'operator'; readonly text: string; readonly start: number; readonly line: number }
  | { readonly kind: 'heredoc'; readonly text: string };

export interface Tokens {
  readonly tokens: readonly Token[];
  /** False when a quote is not closed. */
  readonly complete: boolean;
}

const OPERATORS = ['&&', '||', ';;', '|&', '&>>', '&>', '<<<', '<<-', '<<', '>>', '>&', '<&', '>|'];
const SINGLE = ';&|()<>\n';
/** A script that has more is not one that starts a service. */
const MAX_TOKENS = 50_000;

interface Cursor {
  readonly text: string;
  readonly path: string;
  index: number;
  line: number;
  complete: boolean;
  readonly heredocs: { readonly delimiter: string; readonly dashed: boolean }[];
}

/** Words and operators of shell text. `line` is that of its first character in `path`. */
export function tokensOf(text: string, path: string, line: number): Tokens {
  const cursor: Cursor = { text, path, index: 0, line, complete: true, heredocs: [] };
  const tokens: Token[] = [];
  while (cursor.index < text.length && tokens.length < MAX_TOKENS) {
    skipBlank(cursor);
    if (cursor.index >= text.length) break;
    const operator = operatorAt(cursor);
    if (operator === undefined) {
      const word = wordAt(cursor);
      const before = tokens.at(-1);
      if (before?.kind === 'operator' && /^<<-?$/.test(before.text))
        cursor.heredocs.push({ delimiter: word.text, dashed: before.text === '<<-' });
      tokens.push({ kind: 'word', word });
      continue;
    }
    tokens.push({ kind: 'operator', text: operator, start: cursor.index, line: cursor.line });
    cursor.index += operator.length;
    if (operator !== '\n') continue;
    cursor.line += 1;
    for (const heredoc of cursor.heredocs.splice(0))
      tokens.push({ kind: 'heredoc', text: heredocBody(cursor, heredoc) });
  }
  return { tokens, complete: cursor.complete && tokens.length < MAX_TOKENS };
}

function skipBlank(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const character = text[cursor.index];
    if (character === ' ' || character === '\t' || character === '\r') cursor.index += 1;
    else if (character === '\\' && /^\r?\n/.test(text.slice(cursor.index + 1, cursor.index + 3))) {
      cursor.index += text[cursor.index + 1] === '\r' ? 3 : 2;
      cursor.line += 1;
    } else if (character === '#') {
      const end = text.indexOf('\n', cursor.index);
      cursor.index = end === -1 ? text.length : end;
    } else return;
  }
}

function operatorAt({ text, index }: Cursor): string | undefined {
  const character = text[index] ?? '';
  if (!SINGLE.includes(character)) return undefined;
  return OPERATORS.find(operator => text.startsWith(operator, index)) ?? character;
}

function heredocBody(cursor: Cursor, heredoc: { delimiter: string; dashed: boolean }): string {
  const from = cursor.index;
  while (cursor.index < cursor.text.length) {
    const newline = cursor.text.indexOf('\n', cursor.index);
    const end = newline === -1 ? cursor.text.length : newline;
    const line = cursor.text.slice(cursor.index, end).replace(/\r$/, '');
    const body = cursor.text.slice(from, cursor.index);
    cursor.index = Math.min(end + 1, cursor.text.length);
    if (newline !== -1) cursor.line += 1;
    if ((heredoc.dashed ? line.replace(/^\t+/, '') : line) === heredoc.delimiter) return body;
  }
  return cursor.text.slice(from);
}

interface WordUnderWay {
  text: string;
  plain: string;
  quoted: boolean;
  readonly parts: Term[];
  readonly at: Location;
}

function wordAt(cursor: Cursor): Word {
  const start = cursor.index;
  const startLine = cursor.line;
  const at = linesOf(cursor.path, startLine, startLine);
  const word: WordUnderWay = { text: '', plain: '', quoted: false, parts: [], at };
  while (cursor.index < cursor.text.length) {
    const character = cursor.text[cursor.index] ?? '';
    if (/\s/.test(character) || SINGLE.includes(character)) break;
    if (character === "'") singleQuoted(cursor, word);
    else if (character === '"') doubleQuoted(cursor, word);
    else if (character === '$' && /^\$['"]/.test(cursor.text.slice(cursor.index, cursor.index + 2)))
      cursor.index += 1;
    else if (character === '\\') escaped(cursor, word);
    else unquotedPart(cursor, word);
  }
  // A bare quote or escape at the end consumes nothing more; never stand still.
  if (cursor.index === start) cursor.index += 1;
  if (word.plain) word.parts.push(literal(word.plain, at));
  return {
    text: word.text,
    term: joined(word.parts, at),
    quoted: word.quoted,
    at: linesOf(cursor.path, startLine, cursor.line),
    start,
    end: cursor.index,
  };
}

function add(word: WordUnderWay, text: string): void {
  word.text += text;
  word.plain += text;
}

function singleQuoted(cursor: Cursor, word: WordUnderWay): void {
  word.quoted = true;
  const end = cursor.text.indexOf("'", cursor.index + 1);
  if (end === -1) cursor.complete = false;
  const inner = cursor.text.slice(cursor.index + 1, end === -1 ? cursor.text.length : end);
  add(word, inner);
  cursor.line += count(inner);
  cursor.index = end === -1 ? cursor.text.length : end + 1;
}

function doubleQuoted(cursor: Cursor, word: WordUnderWay): void {
  word.quoted = true;
  cursor.index += 1;
  while (cursor.index < cursor.text.length) {
    const character = cursor.text[cursor.index] ?? '';
    if (character === '"') {
      cursor.index += 1;
      return;
    }
    const next = cursor.text[cursor.index + 1] ?? '';
    if (character === '\\' && '$`"\\\n'.includes(next)) {
      if (next === '\n') cursor.line += 1;
      else add(word, next);
      cursor.index += 2;
    } else unquotedPart(cursor, word);
  }
  cursor.complete = false;
}

function escaped(cursor: Cursor, word: WordUnderWay): void {
  const next = cursor.text[cursor.index + 1] ?? '';
  if (next === '\n') cursor.line += 1;
  else add(word, next || '\\');
  cursor.index += 2;
}

/** A variable, a command in the place of a word, or one character. */
function unquotedPart(cursor: Cursor, word: WordUnderWay): void {
  const { text, index } = cursor;
  const character = text[index] ?? '';
  const found =
    character === '$'
      ? variableAt(text, index, word.at, 'shell')
      : character === '`'
        ? { term: unclearTerm('a command of the shell makes this text', word.at), end: backtick(text, index) }
        : undefined;
  if (!found) {
    if (character === '\n') cursor.line += 1;
    add(word, character);
    cursor.index += 1;
    return;
  }
  const source = text.slice(index, found.end);
  if (word.plain) word.parts.push(literal(word.plain, word.at));
  word.plain = '';
  word.text += source;
  word.parts.push(found.term);
  cursor.line += count(source);
  cursor.index = found.end;
}

const backtick = (text: string, index: number): number => {
  const end = text.indexOf('`', index + 1);
  return end === -1 ? text.length : end + 1;
};

const count = (text: string): number => text.split('\n').length - 1;
