import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Code that does something when the platform asks the process to stop. */
export interface SignalHandler {
  readonly kind: 'signalHandler';
  readonly at: Location;
  readonly signal: string;
  readonly reached: Truth;
}
