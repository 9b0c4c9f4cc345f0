import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** One table of a relational schema, as SQL files or models of the code make it. */
export interface SchemaTable {
  readonly kind: 'schemaTable';
  readonly at: Location;
  /** Without quotes and schema. */
  readonly name: string;
  readonly from: 'sql' | 'code';
  /** What its dialect shows: `mysql`, `postgres` …; empty when it fits several. */
  readonly dialect: string;
  readonly columns: readonly TableColumn[];
  readonly foreignKeys: readonly ForeignKey[];
  /** First columns of keys, unique constraints and indexes: what a search by one column can use. */
  readonly indexed: readonly string[];
  /** Columns that stand anywhere in a key, unique constraint or index. */
  readonly inIndexes: readonly string[];
  /** Whether the engine makes an index for each foreign key by itself. */
  readonly indexesForeignKeys: Truth;
  readonly reached: Truth;
}

export interface TableColumn {
  readonly name: string;
  /** In small letters, as written: `int`, `boolean`; empty when it cannot be told. */
  readonly type: string;
  readonly at: Location;
}

export interface ForeignKey {
  readonly at: Location;
  readonly columns: readonly string[];
  /** The table that it points at. */
  readonly references: string;
  /** What happens to its row when that one goes: `CASCADE`, `delete by the ORM`; empty when nothing is said. */
  readonly onDelete: string;
}

/** A search of a table by the value of one column. */
export interface ColumnFilter {
  readonly kind: 'columnFilter';
  readonly at: Location;
  readonly table: string;
  readonly column: string;
  readonly reached: Truth;
}

/** Foreign keys and filters meet under one spelling. */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
