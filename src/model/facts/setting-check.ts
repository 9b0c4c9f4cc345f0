import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Code that stops the program when a setting is missing or bad. */
export interface SettingCheck {
  readonly kind: 'settingCheck';
  readonly at: Location;
  /** The function or class around it, or itself at the top of a module. */
  readonly definedAt: Location;
  /** The settings that it asks about, as the code calls them. */
  readonly names: readonly string[];
  /** `test`: an `if` or `assert`; `model`: a class of settings that validates its fields; `read`: a reader that raises. */
  readonly how: 'test' | 'model' | 'read';
  /** Whether the start of production runs it, not only the first request. */
  readonly runsAtStart: Truth;
  /** The function or class that holds it; empty at the top of a module. */
  readonly inside: string;
}
