import type { Location } from '../location.ts';
import type { Truth, Value } from '../value.ts';

/** A place that chooses settings by the name of an environment. */
export interface EnvironmentSwitch {
  readonly kind: 'environmentSwitch';
  readonly at: Location;
  /** The variable that holds the name: `FLASK_ENV`; empty when it comes from elsewhere. */
  readonly variable: string;
  /** The names that it knows. */
  readonly options: readonly string[];
  /** What is chosen when the variable is missing. */
  readonly whenMissing: Value<string>;
  /** What is chosen by a name that it does not know: one of its options, or `error` when it stops. */
  readonly whenUnknown: Value<string>;
  readonly reached: Truth;
}
