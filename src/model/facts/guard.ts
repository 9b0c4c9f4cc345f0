import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Something that checks who calls before a route does its work, wherever it acts. */
export interface Guard {
  readonly kind: 'guard';
  readonly at: Location;
  /** The id of the route that it protects. */
  readonly route: string;
  readonly checks: 'identity' | 'role';
  readonly scope: 'route' | 'router' | 'app' | 'body';
  readonly name: string;
  readonly reached: Truth;
}
