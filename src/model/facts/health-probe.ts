import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A health check joined with the image that it runs in and the routes that it asks. */
export interface HealthProbe {
  readonly kind: 'healthProbe';
  readonly at: Location;
  readonly works: Truth;
  /** Sentences on what cannot work. */
  readonly flaws: readonly string[];
  /** Why it is unclear; else empty. */
  readonly because: string;
}
