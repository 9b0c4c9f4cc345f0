import type { Location } from '../location.ts';

/** Infrastructure as code: something that makes the place where a service runs. */
export interface Infrastructure {
  readonly kind: 'infrastructure';
  readonly at: Location;
  readonly tool: string;
}

/** A word of the repository that a provider keeps the database: its host name, or the name of the product. */
export interface ManagedDatabase {
  readonly kind: 'managedDatabase';
  readonly at: Location;
  /** As written: `Cloud SQL`. */
  readonly name: string;
}
