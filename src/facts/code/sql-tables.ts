import type { ColumnFilter, Location, SchemaTable, Truth } from '../../model/index.ts';
import { either } from '../../model/index.ts';
import { parseSql } from '../../read/documents/sql.ts';
import type { Expression } from '../../read/syntax.ts';
import { expressionsIn, headOf } from '../../read/walk.ts';
import { dialectIn } from '../schema/sql-files.ts';
import { tablesAfter } from '../schema/tables.ts';
import { folderOf } from './modules.ts';
import type { StatementSite } from './sites.ts';
import type { CodeView } from './view.ts';

interface Text {
  readonly value: string;
  readonly at: Location;
  readonly site: StatementSite;
}

/** Text in code, whole or in parts: what stands in its holes is left out as a mark that fits no name. */
function* textsWith(view: CodeView, pattern: RegExp, ...words: readonly string[]): Generator<Text> {
  const seen = new Set<Expression>();
  for (const site of view.statements(...words))
    for (const head of headOf(site.statement))
      for (const each of expressionsIn(head)) {
        if (seen.has(each) || (each.kind !== 'string' && each.kind !== 'template')) continue;
        seen.add(each);
        if (each.kind === 'template') for (const part of each.parts) seen.add(part);
        const value =
          each.kind === 'string'
            ? each.value
            : each.parts.map(part => (part.kind === 'string' ? part.value : '?')).join('');
        if (pattern.test(value)) yield { value, at: view.at(site.scope, each), site };
      }
}

/** What makes a table, and what is done to it afterwards. */
const MAKES =
  /\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?["`[]?\w|\bCREATE\s+(?:UNIQUE\s+)?INDEX\b|\bALTER\s+TABLE\b[\s\S]*\bADD\b/i;
const INDEX =
  /\bCREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?\S+\s+ON\s+(?:ONLY\s+)?["`[]?(?:\w+["`\]]?\.["`[]?)?(\w+)["`\]]?\s*(?:USING\s+\w+\s*)?\(([^)]*)/gi;

/** Indexes that statements in code make. */
export function* indexesInTexts(
  view: CodeView,
): Generator<{ readonly table: string; readonly columns: readonly string[] }> {
  for (const { value } of textsWith(
    view,
    /\bINDEX\b/i,
    'CREATE INDEX',
    'CREATE UNIQUE INDEX',
    'create index',
  ))
    for (const [, table = '', columns = ''] of value.matchAll(INDEX))
      yield { table, columns: columns.split(',').flatMap(each => /^\s*["`[]?(\w+)/.exec(each)?.[1] ?? []) };
}

/** `WHERE email = ?` of a statement about one table. */
const SEARCH =
  /\b(?:FROM|UPDATE)\s+["`[]?(\w+)["`\]]?(?:\s+(?:AS\s+)?\w+)?(?:\s+SET\b[^;]*?)?\s+WHERE\s+(?:\w+\.)?["`[]?(\w+)["`\]]?\s*=\s*(?:[?:@%$'"]|\d)/gi;

/** Tables that code makes by statements of its own, and the columns that its statements search by. */
export function* tablesInTexts(view: CodeView): Generator<SchemaTable | ColumnFilter> {
  const byFolder = new Map<string, Text[]>();
  for (const text of textsWith(view, MAKES, 'CREATE ', 'create ', 'ALTER TABLE', 'alter table')) {
    const folder = folderOf(text.at.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), text]);
  }
  // The files of one folder tell one story, in the order of their names.
  for (const texts of byFolder.values()) yield* tablesOf(view, texts);
  for (const { value, at, site } of textsWith(view, /\bWHERE\b/i, 'WHERE', 'where'))
    for (const [, table = '', column = ''] of value.matchAll(SEARCH))
      yield { kind: 'columnFilter', at, table, column, reached: view.reached(site) };
}

function tablesOf(view: CodeView, texts: readonly Text[]): readonly SchemaTable[] {
  const reached = new Map<string, Truth>();
  const written = [...texts]
    .sort((one, other) => one.at.path.localeCompare(other.at.path, 'en', { numeric: true }))
    .flatMap(({ value, at, site }) => {
      const content = parseSql(value, at.path);
      reached.set(at.path, either(view.reached(site), reached.get(at.path) ?? 'no'));
      return content.statements.map(statement => ({
        statement: { ...statement, at: moved(statement.at, at) },
        dialect: dialectIn(content),
      }));
    });
  return tablesAfter(written, 'yes').map(table => ({
    ...table,
    reached: reached.get(table.at.path) ?? 'unclear',
  }));
}

/** From lines of the text to lines of the file that it stands in. */
const moved = (inside: Location, around: Location): Location => {
  const shift = around.startLine - 1;
  return {
    path: around.path,
    startLine: Math.min(inside.startLine + shift, around.endLine),
    endLine: Math.min(inside.endLine + shift, around.endLine),
  };
};
