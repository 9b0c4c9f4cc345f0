import type { Location, Place } from '../location.ts';
import type { Term } from '../term.ts';
import type { Truth } from '../value.ts';

/** The key with which sessions or tokens are signed. */
export interface SigningKey {
  readonly kind: 'signingKey';
  readonly at: Location;
  readonly purpose: 'session' | 'token';
  /** As the code calls it: `SECRET_KEY`. */
  readonly name: string;
  readonly term: Term;
  readonly reached: Truth;
  readonly when: string;
  /** From where the key is set to where its value is written. */
  readonly way: readonly Place[];
  /** The start checks it: a missing or empty value raises or exits. */
  readonly checkedAtStart: Truth;
}
