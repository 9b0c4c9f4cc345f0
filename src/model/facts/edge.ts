import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Where requests come in before they reach the service, as far as the repository configures it. */
export interface Edge {
  readonly kind: 'edge';
  readonly at: Location;
  /** `nginx`, `the ingress shop`, `the platform heroku`. */
  readonly name: string;
  /** Something else stands in front of the service and hands requests on. */
  readonly isProxy: boolean;
  readonly tls: Truth;
  /** Requests without TLS are sent on to https. */
  readonly redirects: Truth;
  /** It tells browsers to come back with TLS only. */
  readonly hsts: Truth;
}
