import type { Location } from '../location.ts';

/** Another service of the same repository. */
export interface Sibling {
  readonly kind: 'sibling';
  /** Its folder. */
  readonly at: Location;
  readonly id: string;
}

/** Another service of the repository that answers the same routes. */
export interface TwinService {
  readonly kind: 'twinService';
  /** The first of the routes that both have. */
  readonly at: Location;
  /** Name of the other one. */
  readonly other: string;
  readonly otherAt: Location;
  /** How many routes both have, and how many this one has. */
  readonly shared: number;
  readonly own: number;
}
