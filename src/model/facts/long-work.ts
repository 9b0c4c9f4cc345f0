import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Work inside a request that takes longer than a caller should wait. */
export interface LongWork {
  readonly kind: 'longWork';
  readonly at: Location;
  /** The function that answers the request. */
  readonly handler: string;
  readonly callee: string;
  readonly what: 'mail' | 'program' | 'training' | 'inference' | 'import';
  readonly reached: Truth;
}
