import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A loop over what a query gave. */
export interface QueryLoop {
  readonly kind: 'queryLoop';
  /** Where the loop stands. */
  readonly at: Location;
  /** What it goes over, as written. */
  readonly over: string;
  /** Questions to the database that are asked anew for each turn. */
  readonly asks: readonly LoopQuestion[];
  readonly reached: Truth;
}

export interface LoopQuestion {
  readonly at: Location;
  readonly says: string;
  /** From the query to the question. */
  readonly way: readonly Place[];
}
