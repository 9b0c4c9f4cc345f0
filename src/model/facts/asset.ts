import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** Something that spares the store a question that was asked before. */
export interface ReadCache {
  readonly kind: 'readCache';
  readonly at: Location;
  readonly what: string;
  /** `idle`: it is set up, and this place alone keeps nothing. */
  readonly does: 'keeps' | 'idle';
  /** `headers`: the answer says itself how it may be kept or asked for again. */
  readonly by: 'store' | 'headers';
  readonly reached: Truth;
}

/** Files for browsers that the repository holds, and who hands them out. */
export interface StaticFiles {
  readonly kind: 'staticFiles';
  /** Where the app serves them, or the first of them. */
  readonly at: Location;
  readonly folder: string;
  readonly servedBy: 'the app' | 'a proxy' | 'a layer of the app' | 'a network of its own' | 'the platform';
  readonly servedAt: Place;
  /** Browsers may keep them for long. */
  readonly kept: Truth;
  /** Large ones that are as they were written; with a build step there are none. */
  readonly unminified: readonly Place[];
  readonly reached: Truth;
}
