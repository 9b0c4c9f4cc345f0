import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A queue or scheduler that code sets up. */
export interface Scheduler {
  readonly kind: 'scheduler';
  readonly at: Location;
  readonly what: string;
  /** The program that must run for it: `celery worker`, `celery beat`; empty when it runs inside the service. */
  readonly worker: string;
  readonly reached: Truth;
}
