import type { Location } from '../location.ts';

/** Something in git that running, building or testing made, or that users brought. */
export interface TrackedArtifact {
  readonly kind: 'trackedArtifact';
  readonly at: Location;
  readonly what: 'database' | 'upload' | 'log' | 'pickle' | 'bytecode' | 'build output' | 'coverage report';
  /** The file, or the folder that holds several. */
  readonly path: string;
  readonly files: number;
}
