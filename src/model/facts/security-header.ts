import type { Location, Place } from '../location.ts';
import type { Term } from '../term.ts';
import type { Truth } from '../value.ts';

/** A response header that tells browsers what to refuse. */
export interface SecurityHeader {
  readonly kind: 'securityHeader';
  readonly at: Location;
  /** In small letters: `x-content-type-options`. */
  readonly name: string;
  readonly value: Term;
  /** What sends it: `after_request hook add_headers`. */
  readonly by: string;
  /** `app`: on every answer. */
  readonly covers: 'app' | 'routes';
  /** Whether what production starts sends it. */
  readonly wired: Truth;
  readonly way: readonly Place[];
}

/** The names of those that are asked for, in small letters. */
export const SECURITY_HEADERS: ReadonlySet<string> = new Set([
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'content-security-policy',
  'strict-transport-security',
  'permissions-policy',
]);
