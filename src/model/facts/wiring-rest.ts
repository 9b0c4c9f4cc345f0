import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A protection that a later definition on the same path undoes. */
export interface Override {
  readonly kind: 'override';
  readonly at: Location;
  readonly says: string;
  readonly way: readonly Place[];
}

/** A check of access that lets everybody by when its configuration is missing or its set-up failed. */
export interface FailOpen {
  readonly kind: 'failOpen';
  readonly at: Location;
  readonly says: string;
  readonly way: readonly Place[];
}

/** The address under which the service looks for a dependency, beside what the description offers. */
export interface DependencyAddress {
  readonly kind: 'dependencyAddress';
  readonly at: Location;
  readonly dependency: string;
  /** The compose file is for development, and the only one. */
  readonly forDevelopment: boolean;
  readonly agrees: Truth;
  readonly says: string;
  readonly way: readonly Place[];
}

/** Work that is to happen by itself: at a time, or from a queue. */
export interface ScheduledWork {
  readonly kind: 'scheduledWork';
  readonly at: Location;
  readonly what: string;
  /** Whether a production start path or a schedule of the platform runs it. */
  readonly started: Truth;
  readonly says: string;
}

/** A number that one layer states about the service, beside what another layer states. */
export interface StatedLimit {
  readonly kind: 'statedLimit';
  readonly at: Location;
  readonly about: 'port' | 'time' | 'body' | 'connections';
  readonly agrees: Truth;
  readonly says: string;
  /** Where the other number stands. */
  readonly way: readonly Place[];
}

/** Something that a document tells people to run, open or set. */
export interface DocumentedThing {
  readonly kind: 'documentedThing';
  readonly at: Location;
  readonly what: string;
  readonly exists: Truth;
}
