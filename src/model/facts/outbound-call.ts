import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import type { Truth, Value } from '../value.ts';

/** A request that this service sends to another one. */
export interface OutboundCall {
  readonly kind: 'outboundCall';
  readonly at: Location;
  readonly callee: string;
  /** The address; `undefined` when the call names none. */
  readonly target: Term | undefined;
  readonly timeout: Value<'limited' | 'none'>;
  readonly reached: Truth;
}

/** Where a client checks, or does not check, who it talks to. */
export interface TlsVerification {
  readonly kind: 'tlsVerification';
  readonly at: Location;
  readonly callee: string;
  readonly verified: Value<boolean>;
  readonly reached: Truth;
}
