import type { Location } from '../location.ts';
import type { Truth, Value } from '../value.ts';

/** A limit of the size of a request's body, for the whole app or for one upload. */
export interface BodyLimit {
  readonly kind: 'bodyLimit';
  readonly at: Location;
  readonly name: string;
  readonly covers: 'app' | 'route';
  /** The handler that it belongs to, when it covers one route. */
  readonly handlerAt: Location | undefined;
  readonly bytes: Value<number>;
  readonly reached: Truth;
}
