import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import type { Truth } from '../value.ts';

/** A setting of the app object, under the name that its framework gives it. Other extractors say what it means. */
export interface AppSetting {
  readonly kind: 'appSetting';
  readonly at: Location;
  /** Where the value itself is written, which may be a settings class. */
  readonly valueAt: Location;
  readonly key: string;
  readonly term: Term;
  readonly reached: Truth;
  /** The environment or class that it belongs to, when there are several: `production`, `development (default)`. */
  readonly when: string;
}
