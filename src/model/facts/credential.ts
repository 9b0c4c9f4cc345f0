import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A literal that is a password, token, key or connection string with a password. Its value is never kept. */
export interface Credential {
  readonly kind: 'credential';
  readonly at: Location;
  /** What holds it: `DB_PASSWORD`, `a private key`. */
  readonly name: string;
  readonly how: 'literal' | 'fallback' | 'connection-string' | 'known-format';
  readonly in:
    | 'code'
    | 'settings'
    | 'compose'
    | 'manifest'
    | 'pipeline'
    | 'env-file'
    | 'env-template'
    | 'document'
    | 'image'
    | 'script';
  readonly reached: Truth;
  /** It stands in development-only or test-only configuration. */
  readonly forDevelopment: boolean;
}
