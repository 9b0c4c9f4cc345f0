import type { Location, Place } from '../location.ts';

/** A note in the code about work that is not done: TODO, FIXME, HACK, XXX. */
export interface OpenTask {
  readonly kind: 'openTask';
  readonly at: Location;
  readonly word: string;
  readonly text: string;
  /** It speaks of security. */
  readonly aboutSecurity: boolean;
}

/** A route whose handler does not do what it is for. */
export interface Stub {
  readonly kind: 'stub';
  readonly at: Location;
  readonly route: string;
  readonly says: string;
  readonly way: readonly Place[];
}

/** A route that cannot succeed as it is written. */
export interface BrokenRoute {
  readonly kind: 'brokenRoute';
  readonly at: Location;
  readonly route: string;
  readonly says: string;
  readonly way: readonly Place[];
}
