import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A handler takes the body that the caller sent. */
export interface BodyRead {
  readonly kind: 'bodyRead';
  readonly at: Location;
  /** The function that answers. */
  readonly handler: string;
  readonly handlerAt: Location;
  /** Where the route is registered. */
  readonly routeAt: Location;
  /** `POST /orders`, or the name of the function where the route is not known. */
  readonly route: string;
  /** As written: `request.form['name']`. */
  readonly what: string;
  /** Whether the body passes a description of what is allowed before it is used. */
  readonly validated: Truth;
  /** What checks it; empty when nothing does. */
  readonly by: string;
  readonly reached: Truth;
}
