import type { Location } from '../location.ts';
import type { Truth, Value } from '../value.ts';

/** A place where a session or token is given to a caller. */
export interface IdentityGrant {
  readonly kind: 'identityGrant';
  readonly at: Location;
  /** The id of the route in whose handler it stands; empty when it is none. */
  readonly route: string;
  readonly by: 'session' | 'token';
  /** Whether a password, code or token of another party is checked before. */
  readonly checked: Truth;
  /** What the caller chooses of it: `role`, `user`; empty for nothing. */
  readonly chosen: string;
  readonly reached: Truth;
}

/** A password that is kept, and how. */
export interface PasswordStore {
  readonly kind: 'passwordStore';
  readonly at: Location;
  readonly how: 'strong' | 'weak' | 'plain';
  readonly says: string;
  readonly reached: Truth;
}

/** What the code asks of a password that a user chooses. */
export interface PasswordRule {
  readonly kind: 'passwordRule';
  readonly at: Location;
  readonly minimum: number;
  readonly reached: Truth;
}

/** A second factor, or a sign-in that another party does. */
export interface StrongSignIn {
  readonly kind: 'strongSignIn';
  readonly at: Location;
  readonly says: string;
  readonly reached: Truth;
}

/** A token that is signed, or checked. */
export interface TokenUse {
  readonly kind: 'tokenUse';
  readonly at: Location;
  readonly does: 'sign' | 'verify';
  /** Whether it ends by itself, or whether the end is checked. */
  readonly expires: Value<boolean>;
  /** What is wrong beside that; empty for nothing. */
  readonly flaw: string;
  readonly reached: Truth;
}

/** A route at which a caller signs in. */
export interface SignIn {
  readonly kind: 'signIn';
  readonly at: Location;
  /** The id of the route. */
  readonly route: string;
  /** For people. */
  readonly name: string;
  /** Whether a password can be tried here, and not only a token or another party's answer. */
  readonly takesPassword: Truth;
  readonly reached: Truth;
}

/** A limit on failed sign-ins. */
export interface SignInLimit {
  readonly kind: 'signInLimit';
  readonly at: Location;
  readonly route: string;
  readonly says: string;
}

/** The cookie that holds or names a session. */
export interface SessionCookie {
  readonly kind: 'sessionCookie';
  readonly at: Location;
  readonly secure: Value<boolean>;
  readonly httpOnly: Value<boolean>;
  readonly sameSite: Value<boolean>;
  readonly bounded: Value<boolean>;
  readonly reached: Truth;
}

/** A check that a request that changes something comes from the service's own pages. */
export interface CsrfCheck {
  readonly kind: 'csrfCheck';
  readonly at: Location;
  readonly says: string;
  readonly wired: Truth;
}
