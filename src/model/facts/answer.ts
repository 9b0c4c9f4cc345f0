import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A query for several stored rows that a route answers with. */
export interface RowList {
  readonly kind: 'rowList';
  /** Where the query stands. */
  readonly at: Location;
  /** `GET /artists` */
  readonly route: string;
  readonly routeAt: Location;
  /**
   * `all`: every row there is. `page`: a bounded number. `open-page`: as many as the caller asks for.
   * `some`: those that meet a condition, however many.
   */
  readonly rows: 'all' | 'page' | 'open-page' | 'some' | 'unclear';
  /** What is asked for, as far as it can be told: a table or model. */
  readonly of: string;
  readonly reached: Truth;
  readonly way: readonly Place[];
}
