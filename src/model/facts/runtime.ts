import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** The release of a language or system that the service runs on, with what is known of its end of life. */
export interface Runtime {
  readonly kind: 'runtime';
  readonly at: Location;
  readonly product: string;
  /** `3.8`; empty when it cannot be told. */
  readonly version: string;
  /** For people: `Python 3.8`. */
  readonly name: string;
  /** `build`: a stage of the build whose system is not shipped. */
  readonly from: 'image' | 'build' | 'platform' | 'version-file' | 'manifest';
  /** The last day with corrections; empty when none is set. */
  readonly ends: string;
  /** Whether it gets corrections on the day of the assessment; unclear for releases that the data does not know. */
  readonly supported: Truth;
  /** Where that is known from, with its day. */
  readonly source: string;
}
