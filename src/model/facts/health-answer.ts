import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';
import type { DatabaseConnection } from './database-connection.ts';

/** What a health route asks before it answers. */
export interface HealthAnswer {
  readonly kind: 'healthAnswer';
  readonly at: Location;
  /** The id of the route; empty for one that a library serves. */
  readonly route: string;
  /** `GET /health`. */
  readonly name: string;
  readonly checks: readonly DependencyCheck[];
  /** Whether its answer is an error when a check fails. */
  readonly reports: Truth;
  /** What it calls and reading cannot follow; empty for nothing. */
  readonly open: string;
  readonly reached: Truth;
}

export interface DependencyCheck {
  readonly of: DependencyKind;
  readonly at: Location;
  /** As written: `db.session.execute`. */
  readonly says: string;
}

/** `other`: something is asked, and which of them cannot be told. */
export type DependencyKind = 'sql' | 'redis' | 'mongodb' | 'search' | 'queue' | 'service' | 'other';

/** Which kind of dependency a connection is; `undefined` for a file beside the program. */
export function dependencyOf({ engine }: DatabaseConnection): DependencyKind | undefined {
  switch (engine) {
    case 'file':
      return undefined;
    case 'redis':
    case 'mongodb':
    case 'search':
      return engine;
    case 'other-server':
      return 'other';
    default:
      return 'sql';
  }
}

const NAMES: Readonly<Record<DependencyKind, string>> = {
  sql: 'the database',
  redis: 'Redis',
  mongodb: 'MongoDB',
  search: 'the search engine',
  queue: 'the queue',
  service: 'another service',
  other: 'a dependency',
};

export const dependencyName = (kind: DependencyKind): string => NAMES[kind];
