import { literal, type Location, type SourceFile, type Term } from '../../model/index.ts';
import { documentReader, linesOf, type Document } from './document.ts';
import { interpolate } from './interpolation.ts';

export interface EnvLine {
  readonly name: string;
  readonly value: Term;
  /** As in the file, without quotes. */
  readonly text: string;
  readonly at: Location;
}

export interface EnvFileContent {
  readonly entries: readonly EnvLine[];
  /** Names that stand commented out (`# SECRET_KEY=`): templates document optional settings so. */
  readonly commented: readonly EnvLine[];
  /** Lines that are neither: an env file has none. */
  readonly strange: readonly Location[];
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*(?:=|:\s)\s*/;
const COMMENTED = /^\s*#\s?(?:export\s+)?([A-Z_][A-Z0-9_]*)=(\S*)\s*$/;
/** A bare name takes its value from the environment that starts the program (compose does so). */
const BARE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*$/;

/** An env file in the syntax that dotenv, compose and the shell have in common. */
export const readEnvFile = documentReader((file: SourceFile): Document<EnvFileContent> => ({
  state: 'read',
  content: parseEnv(file.text, file.path),
}));

/** The lines of an env file. */
export function parseEnv(text: string, path: string): EnvFileContent {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const entries: EnvLine[] = [];
  const commented: EnvLine[] = [];
  const strange: Location[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*($|#)/.test(line)) {
      const [, name, value = ''] = COMMENTED.exec(line) ?? [];
      const at = linesOf(path, index + 1, index + 1);
      if (name) commented.push({ name, value: literal(value, at), text: value, at });
      continue;
    }
    const read = entryAt(lines, index, path);
    if (read) {
      entries.push(read.entry);
      index = read.last;
    } else strange.push(linesOf(path, index + 1, index + 1));
  }
  return { entries, commented, strange };
}

function entryAt(
  lines: readonly string[],
  index: number,
  path: string,
): { readonly entry: EnvLine; readonly last: number } | undefined {
  const line = lines[index] ?? '';
  const [head, name] = ASSIGNMENT.exec(line) ?? [];
  if (head === undefined || name === undefined) {
    const bare = BARE.exec(line)?.[1];
    if (bare === undefined) return undefined;
    const at = linesOf(path, index + 1, index + 1);
    const value: Term = { kind: 'env', name: bare, fallback: undefined, required: false, at };
    return { entry: { name: bare, value, text: '', at }, last: index };
  }
  const { text, quote, last } = valueAt(lines, index, head.length);
  const at = linesOf(path, index + 1, last + 1);
  const value = quote === "'" ? literal(text, at) : interpolate(text, at, 'compose');
  return { entry: { name, value, text, at }, last };
}

interface Value {
  readonly text: string;
  readonly quote: string;
  readonly last: number;
}

function valueAt(lines: readonly string[], index: number, column: number): Value {
  const rest = (lines[index] ?? '').slice(column);
  const quote = /^["'`]/.exec(rest)?.[0] ?? '';
  if (quote) {
    const quoted = quotedValue(lines, index, column, quote);
    if (quoted) return quoted;
  }
  return {
    text: rest
      .replace(/\s#.*$/, '')
      .replace(/^#.*$/, '')
      .trim(),
    quote: '',
    last: index,
  };
}

/** A quoted value may go over lines. Nothing that closes the quote: it is part of the value, as dotenv has it. */
function quotedValue(
  lines: readonly string[],
  index: number,
  column: number,
  quote: string,
): Value | undefined {
  let text = '';
  for (let last = index; last < Math.min(lines.length, index + MAX_VALUE_LINES); last += 1) {
    const line = last === index ? (lines[last] ?? '').slice(column + 1) : (lines[last] ?? '');
    const end = closingQuote(line, quote);
    if (end !== -1) return { text: unescaped(text + line.slice(0, end), quote), quote, last };
    text += `${line}\n`;
  }
  return undefined;
}

/** A private key has about 50 lines; the bound keeps a file of open quotes from being read line times line. */
const MAX_VALUE_LINES = 200;

function closingQuote(line: string, quote: string): number {
  for (let index = 0; index < line.length; index += 1) {
    if (line[index] === '\\' && quote === '"') index += 1;
    else if (line[index] === quote) return index;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

const unescaped = (text: string, quote: string): string =>
  quote === '"'
    ? text.replace(/\\([nrt"\\])/g, (_, character: string) => ESCAPES[character] ?? character)
    : text;
