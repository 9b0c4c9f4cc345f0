import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

export type ProtectionKind =
  | 'authentication'
  | 'authorisation'
  | 'rate-limit'
  | 'cors'
  | 'csrf'
  | 'security-headers'
  | 'validation'
  | 'error-handler'
  | 'error-tracking'
  | 'metrics'
  | 'logging'
  | 'audit'
  | 'compression';

/** Something in the repository that protects when it is attached, whether it is or not. */
export interface Protection {
  readonly kind: 'protection';
  readonly what: ProtectionKind;
  /** Where it is defined or made. */
  readonly at: Location;
  readonly name: string;
  /** Whether what production starts imports it AND applies it. */
  readonly wired: Truth;
  /** `app`: everything passes it. `routes`: only what is named. */
  readonly covers: 'app' | 'routes';
  /** Where it is attached, or, for one that is not wired, what one followed and where it ends. */
  readonly way: readonly Place[];
  /** What would have to be done, where: filled for what is not wired. */
  readonly missing: string;
}
