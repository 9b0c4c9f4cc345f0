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
  readonly rateLimits: readonly ProxyRate[];
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

export interface ProxyRate extends ProxyText {
  /** The locations that it stands in, as written (`/login`, `= /login`, `~ ^/api`), or all that goes to the service. */
  readonly covers: readonly string[] | 'all';
}

/** Whether a limit meets requests for a path. A pattern does when it names the last part of the path. */
export const limitsPath = ({ covers }: ProxyRate, path: string): boolean =>
  covers === 'all' ||
  covers.some(location => {
    const [, kind = '', place = ''] = /^(=|\^~|~\*?)?\s*(.*)$/s.exec(location) ?? [];
    if (kind === '=') return place === path;
    const last = path.split('/').findLast(part => part !== '') ?? '';
    return kind.startsWith('~') ? last !== '' && place.includes(last) : path.startsWith(place);
  });

export interface ProxyHeader {
  readonly name: string;
  readonly value: string;
  readonly at: Location;
}
