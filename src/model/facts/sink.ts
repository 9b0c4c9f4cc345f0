import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** Where data comes from, and whether the caller of the service may choose it. */
export interface DataOrigin {
  /**
   * `constant`: written in the code. `checked`: confined to a list, a number, a cleaned name. `own`: settings and
   * data of the service. `input`: chosen by the caller. `unclear`: cannot be followed.
   */
  readonly kind: 'constant' | 'checked' | 'own' | 'input' | 'unclear';
  /** In words: `query parameter next`. */
  readonly says: string;
  readonly at: Location;
  readonly way: readonly Place[];
}

/** A call in which a value chosen by a stranger would do harm. */
export interface Sink {
  readonly kind: 'sink';
  readonly at: Location;
  /** What the call does with the value. */
  readonly of:
    'outbound-address' | 'file-path' | 'redirect' | 'markup' | 'template-source' | 'document-query';
  readonly callee: string;
  readonly origin: DataOrigin;
  /** The value is all that the call gets, and not a part of it. */
  readonly whole: boolean;
  readonly reached: Truth;
}
