import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A connection or session of a database that code opens, and what becomes of it when something fails. */
export interface DatabaseSession {
  readonly kind: 'databaseSession';
  readonly at: Location;
  readonly callee: string;
  /** Closed or rolled back, also when something fails on the way. */
  readonly endsOnError: Truth;
  /** Why, in words. */
  readonly because: string;
  readonly way: readonly Place[];
  readonly reached: Truth;
}
