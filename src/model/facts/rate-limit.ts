import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** Something that counts requests and refuses those that are too many. */
export interface RateLimit {
  readonly kind: 'rateLimit';
  readonly at: Location;
  readonly name: string;
  /** `app`: every route. `routes`: those that are marked. `none`: it is attached and limits nothing. */
  readonly covers: 'app' | 'routes' | 'none';
  /** The routes or functions that it covers, when it does not cover all. */
  readonly covered: readonly string[];
  /** Where the counts are kept: in the process, or where all processes see them. */
  readonly store: 'process' | 'shared' | 'unclear';
  readonly storeSays: string;
  /** Whether it is attached to the app that production starts. */
  readonly wired: Truth;
  readonly way: readonly Place[];
  /** What would have to be done; empty when it is wired. */
  readonly missing: string;
}
