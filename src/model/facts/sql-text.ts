import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';
import type { DataOrigin } from './sink.ts';

/** An SQL statement that is executed, and how its text is put together. */
export interface SqlText {
  readonly kind: 'sqlText';
  /** Where the text is handed over: for own helpers that execute what they are given, the call of the helper. */
  readonly at: Location;
  readonly executor: string;
  /** What is put into the text at run time; empty for a constant text. */
  readonly parts: readonly SqlPart[];
  /** How many values are bound as parameters; `none` where no parameters are given. */
  readonly parameters: 'some' | 'none';
  readonly reached: Truth;
  readonly way: readonly Place[];
}

export interface SqlPart {
  readonly text: string;
  readonly at: Location;
  readonly origin: DataOrigin;
  /** `value`: where a parameter could stand. `name`: a table, column or direction. `fragment`: a piece of SQL. */
  readonly stands: 'value' | 'name' | 'fragment';
}
