import type { Location } from '../../model/index.ts';
import type { SqlStatement } from './sql.ts';
import { sqlTokens, type SqlToken } from './sql-tokens.ts';

/** What one statement says of the tables of a schema. Names are without quotes and schema, as written. */
export type SqlChange =
  | {
      readonly kind: 'create-table';
      readonly table: string;
      readonly at: Location;
      readonly parts: readonly TablePart[];
    }
  | {
      readonly kind: 'alter-table';
      readonly table: string;
      readonly at: Location;
      readonly parts: readonly TablePart[];
    }
  | {
      readonly kind: 'create-index';
      readonly table: string;
      readonly at: Location;
      readonly columns: readonly string[];
    }
  | { readonly kind: 'drop-table'; readonly tables: readonly string[]; readonly at: Location };

export type TablePart =
  | { readonly kind: 'column'; readonly name: string; readonly type: string; readonly at: Location }
  /** A primary key, unique constraint or index: what makes look-ups by its first column fast. */
  | { readonly kind: 'key'; readonly columns: readonly string[]; readonly at: Location }
  | {
      readonly kind: 'foreign-key';
      readonly columns: readonly string[];
      readonly references: string;
      /** `CASCADE`, `SET NULL` …; empty when the statement says nothing. */
      readonly onDelete: string;
      readonly at: Location;
    };

/** The change that a statement makes to tables; `undefined` for every other statement. */
export function tableChange(statement: SqlStatement): SqlChange | undefined {
  const { verb, at } = statement;
  if (!/^(CREATE TABLE|CREATE INDEX|ALTER TABLE|DROP TABLE)$/.test(verb)) return undefined;
  const tokens = sqlTokens(statement.text);
  // What stands before the verb is a condition: `IF NOT EXISTS (…) CREATE TABLE …`.
  const from = tokens.findIndex(token => isWord(token, verb.replace(/ .*/, '')));
  const reader = readerOf(tokens.slice(Math.max(0, from)), at);
  if (verb === 'CREATE TABLE') return createdTable(reader);
  if (verb === 'ALTER TABLE') return alteredTable(reader);
  return verb === 'CREATE INDEX' ? createdIndex(reader) : droppedTables(reader);
}

interface Reader {
  readonly tokens: readonly SqlToken[];
  readonly whole: Location;
  place(token: SqlToken | undefined): Location;
}

const readerOf = (tokens: readonly SqlToken[], whole: Location): Reader => ({
  tokens,
  whole,
  place: token => {
    const line = whole.startLine + (token?.line ?? 0);
    return { path: whole.path, startLine: line, endLine: line };
  },
});

const isWord = (token: SqlToken | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toUpperCase());
const isMark = (token: SqlToken | undefined, mark: string): boolean =>
  token?.kind === 'mark' && token.text === mark;
const isName = (token: SqlToken | undefined): token is SqlToken =>
  token?.kind === 'word' || token?.kind === 'name';

/** A dotted name from here: its last part, and where it ends. */
function nameAt(
  tokens: readonly SqlToken[],
  from: number,
): { readonly name: string; readonly next: number } | undefined {
  const first = tokens[from];
  if (!isName(first)) return undefined;
  let name = first.text;
  let next = from + 1;
  while (isMark(tokens[next], '.') && isName(tokens[next + 1])) {
    name = tokens[next + 1]?.text ?? name;
    next += 2;
  }
  return { name, next };
}

/** The index of the bracket that closes the one at `open`; the end where none does. */
function closing(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (isMark(tokens[index], '(')) depth++;
    else if (isMark(tokens[index], ')') && --depth === 0) return index;
  }
  return tokens.length;
}

/** The tokens between commas that stand in no bracket. */
function items(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const found: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isMark(token, '(')) depth++;
    else if (isMark(token, ')')) depth--;
    if (isMark(token, ',') && depth === 0) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found.filter(item => item.length > 0);
}

/** `(a, b DESC, c(10))` from an opening bracket: `a`, `b`, `c`. An expression is no column. */
function columnsAt(tokens: readonly SqlToken[], open: number): readonly string[] {
  if (!isMark(tokens[open], '(')) return [];
  return items(tokens.slice(open + 1, closing(tokens, open))).map(([first, second, third]) =>
    isName(first) && !(isMark(second, '(') && third?.kind !== 'number') ? first.text : '',
  );
}

const openAfter = (tokens: readonly SqlToken[], from: number): number => {
  const found = tokens.findIndex((token, index) => index >= from && isMark(token, '('));
  return found === -1 ? tokens.length : found;
};

const SKIPPED = ['IF', 'NOT', 'EXISTS', 'ONLY', 'TABLE'];

function tableName(
  tokens: readonly SqlToken[],
): { readonly name: string; readonly next: number } | undefined {
  let from = tokens.findIndex(token => isWord(token, 'TABLE')) + 1;
  while (isWord(tokens[from], ...SKIPPED)) from++;
  return from === 0 ? undefined : nameAt(tokens, from);
}

function createdTable(reader: Reader): SqlChange | undefined {
  const { tokens, whole } = reader;
  const table = tableName(tokens);
  // A table for the time of a session is none of the schema.
  const isPassing =
    table?.name.startsWith('#') === true || isWord(tokens[1], 'TEMP', 'TEMPORARY', 'GLOBAL', 'LOCAL');
  if (!table || isPassing || !isMark(tokens[table.next], '(')) return undefined;
  const body = tokens.slice(table.next + 1, closing(tokens, table.next));
  return {
    kind: 'create-table',
    table: table.name,
    at: whole,
    parts: items(body).flatMap(item => partsOf(reader, item)),
  };
}

/** `ADD` begins a part; a list of columns after one `ADD` (T-SQL) goes on without it. */
function alteredTable(reader: Reader): SqlChange | undefined {
  const { tokens, whole } = reader;
  const table = tableName(tokens);
  if (!table) return undefined;
  let isAdded = false;
  const parts = items(tokens.slice(table.next)).flatMap(item => {
    const add = item.findIndex(token => isWord(token, 'ADD'));
    const [first] = item;
    if (add !== -1 && add <= 2) isAdded = true;
    else if (isWord(first, 'DROP', 'ALTER', 'MODIFY', 'CHANGE', 'RENAME', 'OWNER', 'SET', 'ENABLE'))
      isAdded = false;
    if (!isAdded) return [];
    const rest = item
      .slice(add + 1)
      .filter((token, index) => index > 3 || !isWord(token, 'COLUMN', 'IF', 'NOT', 'EXISTS'));
    return isMark(rest[0], '(')
      ? items(rest.slice(1, closing(rest, 0))).flatMap(each => partsOf(reader, each))
      : partsOf(reader, rest);
  });
  return { kind: 'alter-table', table: table.name, at: whole, parts };
}

function createdIndex({ tokens, whole }: Reader): SqlChange | undefined {
  const on = tokens.findIndex(token => isWord(token, 'ON'));
  const table = nameAt(tokens, isWord(tokens[on + 1], 'ONLY') ? on + 2 : on + 1);
  if (on === -1 || !table) return undefined;
  return {
    kind: 'create-index',
    table: table.name,
    at: whole,
    columns: columnsAt(tokens, openAfter(tokens, table.next)),
  };
}

function droppedTables({ tokens, whole }: Reader): SqlChange {
  let from = tokens.findIndex(token => isWord(token, 'TABLE')) + 1;
  while (isWord(tokens[from], ...SKIPPED)) from++;
  return {
    kind: 'drop-table',
    tables: items(tokens.slice(from)).flatMap(item => nameAt(item, 0)?.name ?? []),
    at: whole,
  };
}

/** One entry of a table's body: a constraint of the table, or a column with its own. */
function partsOf(reader: Reader, item: readonly SqlToken[]): readonly TablePart[] {
  const named = isWord(item[0], 'CONSTRAINT');
  const from = named ? (nameAt(item, 1)?.next ?? 1) : 0;
  const first = item[from];
  const at = reader.place(first);
  if (first?.kind === 'word') {
    if (isWord(first, 'FOREIGN')) return foreignKey(reader, item, columnsAt(item, openAfter(item, from)), at);
    const isKey = isWord(first, 'PRIMARY', 'UNIQUE', 'KEY', 'INDEX') && (named || hasBracket(item, from));
    if (isKey) return [{ kind: 'key', columns: columnsAt(item, openAfter(item, from)), at }];
    if (named || isWord(first, 'CHECK', 'EXCLUDE', 'FULLTEXT', 'SPATIAL', 'LIKE', 'PERIOD')) return [];
  }
  return isName(first) ? columnParts(reader, item, first, at) : [];
}

/** `KEY` and `INDEX` may name a column too: as a key they have their columns in brackets close by. */
const hasBracket = (item: readonly SqlToken[], from: number): boolean =>
  item.slice(from, from + 6).some(token => isMark(token, '(')) &&
  !/^(text|int|varchar)/i.test(item[from + 1]?.text ?? '');

function columnParts(
  reader: Reader,
  item: readonly SqlToken[],
  name: SqlToken,
  at: Location,
): readonly TablePart[] {
  const rest = item.slice(1);
  const type = rest[0]?.kind === 'word' || rest[0]?.kind === 'name' ? rest[0].text.toLowerCase() : '';
  const isKey = rest.some(
    (token, index) =>
      isWord(token, 'UNIQUE') ||
      (isWord(token, 'PRIMARY') && isWord(rest[index + 1], 'KEY')) ||
      // T-SQL names an index beside the column.
      (index > 0 && isWord(token, 'INDEX')),
  );
  return [
    { kind: 'column', name: name.text, type, at },
    ...(isKey ? [{ kind: 'key', columns: [name.text], at } as const] : []),
    ...foreignKey(reader, rest, [name.text], at),
  ];
}

const RULES = ['CASCADE', 'RESTRICT', 'SET', 'NO'];

function foreignKey(
  reader: Reader,
  item: readonly SqlToken[],
  columns: readonly string[],
  at: Location,
): readonly TablePart[] {
  const word = item.findIndex(token => isWord(token, 'REFERENCES'));
  const target = word === -1 ? undefined : nameAt(item, word + 1);
  if (!target) return [];
  const rule = item.findIndex(
    (token, index) => index > word && isWord(token, 'DELETE') && isWord(item[index - 1], 'ON'),
  );
  const [first, second] = item.slice(rule + 1, rule + 3);
  const isRule = rule !== -1 && isWord(first, ...RULES);
  const onDelete = !isRule
    ? ''
    : isWord(first, 'SET', 'NO')
      ? `${first?.text ?? ''} ${second?.text ?? ''}`
      : (first?.text ?? '');
  return [{ kind: 'foreign-key', columns, references: target.name, onDelete: onDelete.toUpperCase(), at }];
}
