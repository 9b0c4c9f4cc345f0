import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** What answers for errors that a handler did not expect. */
export interface ErrorHandler {
  readonly kind: 'errorHandler';
  readonly at: Location;
  readonly name: string;
  /** `some`: named errors only, such as 404. */
  readonly catches: 'everything' | 'some';
  readonly covers: 'app' | 'part';
  /** What is answered is the service's own choice, in the form of its other errors. */
  readonly uniform: Truth;
  /** The cause is written down, by it or by what calls it. */
  readonly logs: Truth;
  readonly wired: Truth;
}

/** Text of an exception that is sent to the caller. */
export interface ExposedError {
  readonly kind: 'exposedError';
  readonly at: Location;
  readonly what: 'text' | 'traceback';
  /** As written: `str(e)`. */
  readonly says: string;
  /** What is caught: `Exception`. */
  readonly catches: string;
  readonly handler: string;
  /** The route tells probes how the service does. */
  readonly isHealth: boolean;
  readonly reached: Truth;
}

/** An error that is caught, and then nothing. */
export interface SwallowedError {
  readonly kind: 'swallowedError';
  readonly at: Location;
  /** `Exception`, or `everything` for a bare one. */
  readonly catches: string;
  /** What is tried only closes something that is not needed any more. */
  readonly isCleanup: boolean;
  readonly reached: Truth;
}
