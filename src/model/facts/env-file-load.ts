import type { Location } from '../location.ts';

/** A place that loads an env file which is meant to hold real values. */
export interface EnvFileLoad {
  readonly kind: 'envFileLoad';
  readonly at: Location;
  /** Relative to the repository. */
  readonly path: string;
  /** Whether the ignore rules of the tree leave it out. */
  readonly ignored: boolean;
  readonly isPresent: boolean;
}
