import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Code that uses the address or scheme of the caller: for limits, logs, links, redirects. */
export interface ClientOriginUse {
  readonly kind: 'clientOriginUse';
  readonly at: Location;
  readonly what: string;
  /** It reads the forwarded header itself, which anybody may send. */
  readonly fromHeader: boolean;
  readonly reached: Truth;
}

/** Something that takes the caller's address and scheme from the headers of a proxy in front. */
export interface ProxyTrust {
  readonly kind: 'proxyTrust';
  readonly at: Location;
  readonly name: string;
  /** `hops`: a number or list of known proxies. `everyone`: whoever sends the header is believed. */
  readonly trusts: 'hops' | 'everyone' | 'unclear';
  readonly wired: Truth;
}
