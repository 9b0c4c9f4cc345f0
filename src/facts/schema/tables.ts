import type { ForeignKey, Location, SchemaTable, TableColumn, Truth } from '../../model/index.ts';
import { truth } from '../../model/index.ts';
import type { SqlDialect, SqlStatement } from '../../read/documents/sql.ts';
import { tableChange, type SqlChange, type TablePart } from '../../read/documents/sql-tables.ts';

interface Growing {
  readonly name: string;
  readonly at: Location;
  readonly columns: TableColumn[];
  readonly foreignKeys: ForeignKey[];
  readonly indexed: string[];
  readonly inIndexes: string[];
}

function addIndex(table: Growing, columns: readonly string[]): void {
  table.indexed.push(columns[0] ?? '');
  table.inIndexes.push(...columns);
}

function add(table: Growing, parts: readonly TablePart[]): void {
  for (const part of parts)
    if (part.kind === 'column') table.columns.push(part);
    else if (part.kind === 'key') addIndex(table, part.columns);
    else table.foreignKeys.push(part);
}

function apply(tables: Map<string, Growing>, change: SqlChange): void {
  if (change.kind === 'drop-table') {
    for (const name of change.tables) tables.delete(name.toLowerCase());
    return;
  }
  const key = change.table.toLowerCase();
  if (change.kind === 'create-table') {
    const table = { name: change.table, at: change.at, columns: [], foreignKeys: [], indexed: [], inIndexes: [] };
    add(table, change.parts);
    tables.set(key, table);
    return;
  }
  const known = tables.get(key);
  if (!known) return;
  if (change.kind === 'create-index') addIndex(known, change.columns);
  else add(known, change.parts);
}

export interface Written {
  readonly statement: SqlStatement;
  readonly dialect: SqlDialect | '';
}

/** The tables that are there after statements have run one after the other. */
export function tablesAfter(statements: readonly Written[], reached: Truth): readonly SchemaTable[] {
  const tables = new Map<string, Growing>();
  const dialects = new Map<string, string>();
  for (const { statement, dialect } of statements) {
    const change = tableChange(statement);
    if (!change) continue;
    apply(tables, change);
    if (change.kind === 'create-table') dialects.set(change.table, dialect);
  }
  return [...tables.values()].map(table => {
    const dialect = dialects.get(table.name) ?? '';
    return {
      kind: 'schemaTable',
      ...table,
      from: 'sql',
      dialect,
      indexesForeignKeys: indexesForeignKeys(dialect),
      reached,
    };
  });
}

/** MySQL does so; where the dialect does not show, the engine in use decides. */
export const indexesForeignKeys = (dialect: string): Truth =>
  dialect === '' ? 'unclear' : truth(dialect === 'mysql');
