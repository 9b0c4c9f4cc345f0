import type { ColumnFilter, Location, SchemaTable } from '../../model/index.ts';
import { parseSql } from '../../read/documents/sql.ts';
import type { Expression } from '../../read/syntax.ts';
import { expressionsIn, headOf } from '../../read/walk.ts';
import { dialectIn } from '../schema/sql-files.ts';
import { tablesAfter } from '../schema/tables.ts';
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

const CREATES = /\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?["`[]?\w/i;

/** `WHERE email = ?` of a statement about one table. */
const SEARCH =
  /\b(?:FROM|UPDATE)\s+["`[]?(\w+)["`\]]?(?:\s+(?:AS\s+)?\w+)?(?:\s+SET\b[^;]*?)?\s+WHERE\s+(?:\w+\.)?["`[]?(\w+)["`\]]?\s*=\s*(?:[?:@%$'"]|\d)/gi;

/** Tables that code makes by statements of its own, and the columns that its statements search by. */
export function* tablesInTexts(view: CodeView): Generator<SchemaTable | ColumnFilter> {
  for (const { value, at, site } of textsWith(view, CREATES, 'CREATE TABLE', 'create table')) {
    const content = parseSql(value, at.path);
    const statements = content.statements.map(statement => ({
      statement: { ...statement, at: moved(statement.at, at) },
      dialect: dialectIn(content),
    }));
    yield* tablesAfter(statements, view.reached(site));
  }
  for (const { value, at, site } of textsWith(view, /\bWHERE\b/i, 'WHERE', 'where'))
    for (const [, table = '', column = ''] of value.matchAll(SEARCH))
      yield { kind: 'columnFilter', at, table, column, reached: view.reached(site) };
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
