import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import type { Truth } from '../value.ts';

/** A place that gives a password to an account, or compares a login with a built-in one. */
export interface AccountPassword {
  readonly kind: 'accountPassword';
  readonly at: Location;
  /** As the code calls it: `generate_password_hash`, `User(password=…)`. */
  readonly callee: string;
  /** `compared`: a login is held against it. */
  readonly how: 'created' | 'compared';
  readonly password: Term;
  readonly reached: Truth;
}
