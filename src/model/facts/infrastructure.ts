import type { Location } from '../location.ts';

/** Infrastructure as code: something that makes the place where a service runs. */
export interface Infrastructure {
  readonly kind: 'infrastructure';
  readonly at: Location;
  readonly tool: string;
}
