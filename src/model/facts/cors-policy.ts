import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** Which other sites' pages may read what the service answers, as one place in the code says it. */
export interface CorsPolicy {
  readonly kind: 'corsPolicy';
  readonly at: Location;
  /** What says it, for people: `CORS(app)`, `cors_allowed_origins`. */
  readonly name: string;
  /** `any`: the wildcard. `reflected`: whatever origin asks is let in. `listed`: only what is written or set. */
  readonly origins: 'any' | 'reflected' | 'listed' | 'unclear';
  /** Where the origins come from, in words: `CORS_ORIGINS falls back to *`. */
  readonly says: string;
  /** The value in force is only a fallback, and every production start is given another one. */
  readonly overridden: boolean;
  /** They are literals that are the same everywhere: only a change of the code changes them. */
  readonly written: boolean;
  readonly credentials: Truth;
  /** Whether what production starts applies it to its app. */
  readonly reached: Truth;
  readonly way: readonly Place[];
}
