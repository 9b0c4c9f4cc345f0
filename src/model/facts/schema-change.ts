import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A folder with the versions of a schema. */
export interface MigrationHistory {
  readonly kind: 'migrationHistory';
  /** Its newest version; where there is none, what sets it up. */
  readonly at: Location;
  readonly tool: string;
  readonly folder: string;
  readonly versions: number;
  /** Whether the tool finds what it needs beside the versions: its environment, something that runs them. */
  readonly complete: Truth;
  /** What is missing, in words. */
  readonly lacks: string;
  /** The extension of the app through which the tool runs; empty when it needs none. */
  readonly through: string;
}

/** The extension of an app that runs migrations, attached to it. */
export interface MigrationTool {
  readonly kind: 'migrationTool';
  readonly at: Location;
  readonly name: string;
  readonly reached: Truth;
}

/** Code that makes the tables out of the models, or runs a schema as a whole. */
export interface SchemaCreation {
  readonly kind: 'schemaCreation';
  readonly at: Location;
  readonly callee: string;
  readonly reached: Truth;
}

/** Something that drops or empties tables, and who runs it. */
export interface DataLoss {
  readonly kind: 'dataLoss';
  readonly at: Location;
  /** `drops the table orders`. */
  readonly says: string;
  readonly runs: 'at the start' | 'on deployment' | 'by the documents' | 'nobody';
  /** A condition, question or environment check stands before it. */
  readonly guarded: Truth;
  readonly way: readonly Place[];
}
