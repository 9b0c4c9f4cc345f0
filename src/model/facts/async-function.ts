import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A function that runs on the event loop, with the calls in it that stop the whole loop. */
export interface AsyncFunction {
  readonly kind: 'asyncFunction';
  readonly at: Location;
  readonly name: string;
  readonly reached: Truth;
  readonly blocking: readonly BlockingCall[];
}

export interface BlockingCall {
  readonly at: Location;
  readonly callee: string;
  /** What it waits for: `the network`, `the database`, `time`. */
  readonly waitsFor: string;
  /** Own functions between the async function and the call. */
  readonly way: readonly Place[];
}
