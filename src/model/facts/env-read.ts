import type { Location } from '../location.ts';
import type { EnvTerm } from '../term.ts';
import type { Truth } from '../value.ts';

/** One place where code reads an environment variable. */
export interface EnvRead {
  readonly kind: 'envRead';
  readonly at: Location;
  readonly term: EnvTerm;
  readonly reached: Truth;
  /** Whether it runs when its module is imported (and so at start), or only later inside a function. */
  readonly when: 'start' | 'later';
  /** What its value is kept as, for people: `DB_PASSWORD`, `Settings.database_url`; empty when used in place. */
  readonly keptAs: string;
}
