import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** An identifier that goes with a request. */
export interface RequestId {
  readonly kind: 'requestId';
  readonly at: Location;
  readonly name: string;
  /** It is sent back to the caller. */
  readonly returned: Truth;
  /** It stands in log lines. */
  readonly logged: Truth;
  readonly wired: Truth;
}

/** A line or row about who did what, apart from the ordinary log. */
export interface AuditRecord {
  readonly kind: 'auditRecord';
  readonly at: Location;
  /** As written: `audit_logger.info`. */
  readonly name: string;
  /** The function in which it is written; empty outside of functions. */
  readonly inside: string;
  /** What it is certainly a record of; empty for other events. */
  readonly about: readonly ('sign-in' | 'denial' | 'rights')[];
  readonly reached: Truth;
}

/** A place where somebody is given other rights while a request is served. */
export interface RightsChange {
  readonly kind: 'rightsChange';
  readonly at: Location;
  /** The function in which it stands. */
  readonly inside: string;
  /** As written: `user.role`. */
  readonly name: string;
  readonly reached: Truth;
}
