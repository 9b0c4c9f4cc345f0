import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** The service answers with HTML. */
export interface Page {
  readonly kind: 'page';
  readonly at: Location;
  /** `index.html`, or how it is made. */
  readonly name: string;
  readonly reached: Truth;
}
