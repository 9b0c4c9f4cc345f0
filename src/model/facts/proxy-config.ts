import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** One server (virtual host) of a reverse proxy's configuration: nginx, Caddy, Traefik, Apache. */
export interface ProxyConfig {
  readonly kind: 'proxyConfig';
  readonly at: Location;
  readonly path: string;
  readonly software: 'nginx' | 'caddy' | 'traefik' | 'apache' | 'haproxy';
  readonly names: readonly string[];
  readonly listens: readonly ProxyText[];
  readonly tls: ProxyText | undefined;
  /** Where requests without TLS are sent on to https. */
  readonly redirectsToHttps: ProxyText | undefined;
  readonly headers: readonly ProxyHeader[];
  /** Headers that it hands to the service: `X-Forwarded-For`. */
  readonly forwards: readonly ProxyHeader[];
  /** Where requests go: `http://app:8000`. */
  readonly upstreams: readonly ProxyText[];
  /** As written: `10m`. */
  readonly bodyLimit: ProxyText | undefined;
  readonly readTimeout: ProxyText | undefined;
  readonly rateLimits: readonly ProxyText[];
  readonly compression: ProxyText | undefined;
  /** Folders it serves itself. */
  readonly roots: readonly ProxyText[];
  readonly basicAuth: ProxyText | undefined;
  /** Whether it writes every request down. */
  readonly logsRequests: Truth;
}

export interface ProxyText {
  readonly text: string;
  readonly at: Location;
}

export interface ProxyHeader {
  readonly name: string;
  readonly value: string;
  readonly at: Location;
}
