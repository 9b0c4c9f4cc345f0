import type { Location } from '../location.ts';
import type { Truth, Value } from '../value.ts';

/** A switch that turns debugging on: shows code to whoever causes an error, and often runs what they send. */
export interface DebugMode {
  readonly kind: 'debugMode';
  readonly at: Location;
  /** `app.run(debug=…)`, `FLASK_DEBUG`. */
  readonly name: string;
  readonly on: Value<boolean>;
  /** A literal that is the same everywhere: only a change of the code changes it. */
  readonly written: boolean;
  readonly reached: Truth;
}
