import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A system library or program that the code needs at run time. */
export interface NativeNeed {
  readonly kind: 'nativeNeed';
  readonly at: Location;
  /** What needs it: `pyodbc`, `ffmpeg`. */
  readonly by: string;
  /** What must be installed, in words. */
  readonly needs: string;
  readonly met: Truth;
  readonly reached: Truth;
}
