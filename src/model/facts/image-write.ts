import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A file that the service writes, joined with who owns its folder in the image. */
export interface ImageWrite {
  readonly kind: 'imageWrite';
  /** The line of code that writes. */
  readonly at: Location;
  /** Where the image makes the folder. */
  readonly imageAt: Location;
  readonly path: string;
  readonly folder: string;
  /** Whether the user of the image may write there. */
  readonly allowed: Truth;
  readonly way: readonly Place[];
}
