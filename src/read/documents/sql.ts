import type { Location, SourceFile } from '../../model/index.ts';
import { documentReader, lineFinder, linesOf, type Document } from './document.ts';

export type SqlDialect = 'postgres' | 'mysql' | 'mssql' | 'sqlite' | 'oracle';

export interface SqlContent {
  readonly statements: readonly SqlStatement[];
  /** What points at one dialect; a file may have hints of several. */
  readonly hints: readonly DialectHint[];
}

export interface SqlStatement {
  /** Without comments. */
  readonly text: string;
  /** Its first words in capitals: `CREATE TABLE`, `DROP TABLE`, `INSERT`. */
  readonly verb: string;
  /** What it is about: the name after `CREATE TABLE`, `INSERT INTO` …, without quotes and schema; else empty. */
  readonly object: string;
  readonly at: Location;
}

export interface DialectHint {
  readonly dialect: SqlDialect;
  readonly text: string;
  readonly at: Location;
}

export const readSql = documentReader(
  (file: SourceFile): Document<SqlContent> => ({ state: 'read', content: parseSql(file.text, file.path) }),
  10_000_000,
);

/** Comments, texts, quoted names, `$$` bodies, statement ends and GO lines; all else is passed over. */
const TOKEN =
  /--[^\n]*|\/\*[^]*?(?:\*\/|(?![^]))|'(?:[^'\\]|''|\\[^])*(?:'|(?![^]))|"[^"\n]*"|`[^`\n]*`|\$(\w*)\$[^]*?(?:\$\1\$|(?![^]))|;|\b(?:BEGIN|CASE|END)\b(?!\s+(?:IF|LOOP|WHILE|REPEAT)\b)|^[ \t]*(?:GO|\/)[ \t]*\r?$|^[ \t]*DELIMITER[ \t]+(\S+)[ \t]*\r?$/gim;

export function parseSql(text: string, path: string): SqlContent {
  const lineAt = lineFinder(text);
  const reading: Reading = { text, from: 0, start: firstInk(text, 0), plain: '', depth: 0, delimited: false };
  const statements: SqlStatement[] = [];
  const finish = (end: number, next: number): void => {
    const plain = (reading.plain + text.slice(reading.from, end)).trim();
    const at = linesOf(path, lineAt(reading.start), lineAt(Math.max(reading.start, end - 1)));
    if (plain !== '') statements.push(statementOf(plain, at));
    Object.assign(reading, { from: next, start: firstInk(text, next), plain: '', depth: 0 });
  };
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const end = match.index + token.length;
    if (/^\s*DELIMITER/i.test(token)) {
      finish(match.index, end);
      reading.delimited = match[2] !== ';';
    } else if (/^\s*(GO|\/)\s*$/i.test(token)) finish(match.index, end);
    else if (token === ';' && !reading.delimited && !(reading.depth > 0 && isRoutine(reading)))
      finish(match.index, end);
    else passOver(reading, token, match.index);
  }
  finish(text.length, text.length);
  return { statements, hints: hintsIn(text, path, lineAt) };
}

interface Reading {
  readonly text: string;
  /** From here on the text has not been taken over into `plain`. */
  from: number;
  /** The first character of the statement. */
  start: number;
  plain: string;
  /** How many BEGIN or CASE wait for their END. */
  depth: number;
  /** Within another DELIMITER, where a semicolon ends nothing. */
  delimited: boolean;
}

function passOver(reading: Reading, token: string, index: number): void {
  if (/^(BEGIN|CASE)$/i.test(token)) reading.depth += 1;
  else if (/^END$/i.test(token)) reading.depth -= 1;
  else if (/^(--|\/\*)/.test(token)) {
    // Its lines stay, so that a part of the statement can be found again in the file.
    reading.plain += `${reading.text.slice(reading.from, index)} ${token.replace(/[^\n]+/g, '')}`;
    reading.from = index + token.length;
    if (index <= reading.start) reading.start = firstInk(reading.text, reading.from);
  }
}

const ROUTINE =
  /^(?:CREATE|ALTER)\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:DEFINER\s*=\s*\S+\s+)?(?:PROC|FUNCTION|TRIGGER)/i;

/** A procedure or trigger has semicolons between BEGIN and END. */
const isRoutine = ({ text, start }: Reading): boolean => ROUTINE.test(text.slice(start, start + 300));

function firstInk(text: string, from: number): number {
  const ink = /\S/g;
  ink.lastIndex = from;
  return ink.exec(text)?.index ?? text.length;
}

const NAMED =
  /^(?:CREATE|ALTER|DROP|TRUNCATE|INSERT|UPDATE|DELETE|REPLACE)\b(?:\s+(?:OR|REPLACE|ALTER|UNIQUE|TEMP|TEMPORARY|GLOBAL|LOCAL|VIRTUAL|MATERIALIZED|CLUSTERED|NONCLUSTERED|INTO|FROM|IGNORE|TABLE|VIEW|INDEX|CONCURRENTLY|DATABASE|SCHEMA|SEQUENCE|TYPE|FUNCTION|PROCEDURE|PROC|TRIGGER|USER|ROLE|EXTENSION|LOGIN|IF|NOT|EXISTS|ONLY)\b)*\s+([\w."`[\]$]+)/i;
const VERB =
  /^(?:(CREATE|ALTER|DROP)\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:(?:UNIQUE|TEMP|TEMPORARY|GLOBAL|VIRTUAL|MATERIALIZED|CLUSTERED|NONCLUSTERED)\s+)*(\w+)|(TRUNCATE)|(\w+))/i;

/** T-SQL makes what is missing: `IF OBJECT_ID(N'x') IS NULL CREATE TABLE x (…)`. */
const WHERE_MISSING = /^IF\b[^;]{1,500}?(?=\bCREATE\s+(?:UNIQUE\s+|(?:NON)?CLUSTERED\s+)*(?:TABLE|INDEX)\b)/i;

function statementOf(text: string, at: Location): SqlStatement {
  const bare = text.replace(WHERE_MISSING, '');
  const [, change = '', what = '', truncate, other = ''] = VERB.exec(bare) ?? [];
  const verb = truncate ?? (change ? `${change} ${what}` : other);
  const name = NAMED.exec(bare.slice(0, 500))?.[1] ?? '';
  const object =
    name
      .split('.')
      .at(-1)
      ?.replace(/["`[\]]/g, '') ?? '';
  return { text, verb: verb.toUpperCase(), object, at };
}

const HINTS: readonly (readonly [SqlDialect, RegExp])[] = [
  [
    'mssql',
    /^[ \t]*GO[ \t]*\r?$|\bIDENTITY\s*\(\s*\d+\s*,\s*\d+\s*\)|\bNVARCHAR\b|\bN?VARCHAR\s*\(\s*MAX\s*\)|\[dbo\]\.|\bdbo\.|\bGETDATE\s*\(|\bSYSDATETIME\s*\(|\bUNIQUEIDENTIFIER\b|\bDATETIME2\b|\bOBJECT_ID\s*\(|\bSELECT\s+TOP\s*\(?\d|\bNEWID\s*\(/gim,
  ],
  [
    'mysql',
    /\bAUTO_INCREMENT\b|\bENGINE\s*=\s*(?:InnoDB|MyISAM|MEMORY|ARCHIVE|CSV|NDB\w*|Aria|MERGE|BLACKHOLE|FEDERATED|TokuDB|RocksDB)\b|`\w+`|\bUNSIGNED\b|\bTINYINT\s*\(|\bON UPDATE CURRENT_TIMESTAMP\b|\bDEFAULT CHARSET\b|\bLOCK TABLES\b|^[ \t]*DELIMITER\b/gim,
  ],
  [
    'postgres',
    /\b(?:BIG|SMALL)?SERIAL\b|\bTIMESTAMPTZ\b|\bJSONB\b|\bBYTEA\b|\bgen_random_uuid\s*\(|\buuid_generate_v4\s*\(|\bCREATE EXTENSION\b|\bLANGUAGE\s+plpgsql\b|::\w+|\bRETURNING\b|\bILIKE\b|\$\$|\bON CONFLICT\b|\bGENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY\b/gim,
  ],
  [
    'sqlite',
    /\bAUTOINCREMENT\b|\bPRAGMA\s+\w+|\bWITHOUT ROWID\b|\bINSERT OR (?:IGNORE|REPLACE)\b|\bstrftime\s*\(/gim,
  ],
  ['oracle', /\bVARCHAR2\b|\bNUMBER\s*\(\s*\d+|\bSYSDATE\b|\bFROM DUAL\b/gim],
];

/** Quoted text is no dialect, and a comment may speak of another one: both are blanked out first. */
const SILENT = /--[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:[^'\\\n]|''|\\.)*'/g;
const MAX_HINTS = 50;

function hintsIn(text: string, path: string, lineAt: (offset: number) => number): readonly DialectHint[] {
  const code = text.replace(SILENT, silent => silent.replace(/[^\n]/g, ' '));
  return HINTS.flatMap(([dialect, pattern]) =>
    [...code.matchAll(pattern)].slice(0, MAX_HINTS).map(match => {
      const line = lineAt(match.index);
      return { dialect, text: match[0].trim(), at: linesOf(path, line, line) };
    }),
  );
}
