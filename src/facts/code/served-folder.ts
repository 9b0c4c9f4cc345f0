import type { Location, Place, Truth } from '../../model/index.ts';

/** A folder of the repository whose files an app hands to browsers. */
export interface ServedFolder {
  readonly at: Location | undefined;
  /** Relative to the repository. */
  readonly folder: string;
  /** What serves it inside the app with long caching: WhiteNoise and the like. */
  readonly layer: Place | undefined;
  readonly kept: Truth;
  readonly reached: Truth;
}
