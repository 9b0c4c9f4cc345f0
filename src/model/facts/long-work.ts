import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Work of a request that takes longer than a caller should wait. */
export interface LongWork {
  readonly kind: 'longWork';
  readonly at: Location;
  /** The function that answers the request, and where it is. */
  readonly handler: string;
  readonly handlerAt: Location;
  readonly callee: string;
  readonly what: 'mail' | 'program' | 'training' | 'inference' | 'import';
  /** Who does it after the answer: `a queue`, `a thread`; empty when the caller waits for it. */
  readonly handedTo: string;
  readonly reached: Truth;
}
