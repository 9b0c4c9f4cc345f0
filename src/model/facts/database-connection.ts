import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import type { Truth } from '../value.ts';

/** A place that connects to a database, and where the parts of its address come from. */
export interface DatabaseConnection {
  readonly kind: 'databaseConnection';
  readonly at: Location;
  readonly callee: string;
  /** `file` keeps its data beside the program (SQLite); `unclear` when the address cannot be told. */
  readonly engine:
    | 'postgres'
    | 'mysql'
    | 'mssql'
    | 'oracle'
    | 'mongodb'
    | 'redis'
    | 'search'
    | 'other-server'
    | 'file'
    | 'unclear';
  /** The whole address or connection string, when it is given as one. */
  readonly url: Term | undefined;
  readonly host: Term | undefined;
  readonly user: Term | undefined;
  readonly password: Term | undefined;
  readonly database: Term | undefined;
  /** What it says of encryption: `sslmode`, `ssl`, `connect_args`. */
  readonly tls: Term | undefined;
  readonly reached: Truth;
}
