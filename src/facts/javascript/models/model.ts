import type { ForeignKey, Location, SchemaTable, TableColumn, Truth } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { indexesForeignKeys } from '../../schema/tables.ts';
import { optionsOf } from '../queries/query.ts';

/** A table or collection as code describes it. */
export interface StoredModel {
  readonly at: Location;
  /** What code calls it: `User`. */
  readonly name: string;
  /** What the database calls it: `users`. */
  readonly table: string;
  readonly isRelational: boolean;
  readonly dialect: string;
  readonly columns: TableColumn[];
  readonly foreignKeys: ForeignKey[];
  /** Columns of each key, unique constraint and index. */
  readonly indexes: (readonly string[])[];
  /** Members that are not handed out with a whole record. */
  readonly hidden: readonly string[];
  readonly reached: Truth;
}

/** Its columns, keys and indexes, as one table of the schema. */
export const tableOf = ({
  at,
  table,
  dialect,
  columns,
  foreignKeys,
  indexes,
  reached,
}: StoredModel): SchemaTable => ({
  kind: 'schemaTable',
  at,
  name: table,
  from: 'code',
  dialect,
  columns,
  foreignKeys,
  indexed: indexes.map(([first = '']) => first),
  inIndexes: indexes.flat(),
  indexesForeignKeys: indexesForeignKeys(dialect),
  reached,
});

/** `UserProfile` is `user_profile`. */
export const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

export const isTrue = (written: Written | undefined): boolean =>
  written?.expression.kind === 'constant' && written.expression.value === true;

export const isFalse = (written: Written | undefined): boolean =>
  written?.expression.kind === 'constant' && written.expression.value === false;

/** The first argument that is an object. */
export function objectAmong(
  node: CodeView,
  args: readonly { readonly value: Expression }[],
  scope: Scope,
): ReturnType<typeof optionsOf> {
  const found = args.findLast(({ value }) => value.kind === 'dictionary');
  return optionsOf(node, { expression: found?.value ?? { kind: 'unreadable', start: 0, end: 0 }, scope });
}
