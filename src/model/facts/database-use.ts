import type { Location, Place } from '../location.ts';
import type { Truth, Value } from '../value.ts';
import type { DatabaseConnection } from './database-connection.ts';

/** A connection to a database, with what production hands to it: by compose, manifests, images and env files. */
export interface DatabaseUse {
  readonly kind: 'databaseUse';
  /** Where it connects. */
  readonly at: Location;
  readonly callee: string;
  readonly engine: DatabaseConnection['engine'];
  /** Whole addresses; `\0` stands for a part that comes from outside. Empty when nothing is known. */
  readonly addresses: readonly DeliveredText[];
  readonly hosts: readonly DeliveredText[];
  readonly users: readonly DeliveredText[];
  /** Whether the way to the server is encrypted. */
  readonly encrypted: Truth;
  /** Whether the server is on another machine than the service. */
  readonly remote: Truth;
  /** Some of it comes from outside of the repository. */
  readonly open: boolean;
  readonly reached: Truth;
}

/** A value that production may come to, and where it is written. */
export interface DeliveredText {
  readonly text: string;
  readonly at: Location;
  /** From a template that people copy, or a fallback where more may be set than the repository shows. */
  readonly isExample: boolean;
}

/** How connections to a database are kept. */
export interface ConnectionPool {
  readonly kind: 'connectionPool';
  readonly at: Location;
  readonly callee: string;
  readonly engine: DatabaseConnection['engine'];
  /** `each-call`: one is opened for each request or statement; `one`: all share a single one. */
  readonly sharing: Value<'pool' | 'one' | 'each-call'>;
  /** Its size, in words; a default is that of the library. */
  readonly size: Value<string>;
  /** Connections that broke are noticed and made anew before they are used. */
  readonly reconnects: Truth;
  /** The client itself tries again until the database is there. */
  readonly retries: Truth;
  /** It connects while the service starts, so that a missing database ends the start. */
  readonly atStart: Truth;
  readonly reached: Truth;
}

/** Something that waits for a database, or tries again, before the service uses it. */
export interface ConnectRetry {
  readonly kind: 'connectRetry';
  readonly at: Location;
  readonly says: string;
  readonly reached: Truth;
}

/** Data that the service keeps itself: in a file of its own, or in memory. */
export interface OwnStore {
  readonly kind: 'ownStore';
  readonly at: Location;
  readonly medium: 'sqlite' | 'file' | 'memory';
  readonly what: string;
  /** Kept when the container is replaced. */
  readonly kept: Truth;
  /** More than one process or copy of the service writes it. */
  readonly shared: Truth;
  /** Why, in words. */
  readonly because: string;
  /** `no` for what the code falls back to where a setting from outside may say otherwise. */
  readonly certain: Truth;
  readonly reached: Truth;
  readonly way: readonly Place[];
}

/** A store that a description of production runs, and who can use it. */
export interface OpenStore {
  readonly kind: 'openStore';
  readonly at: Location;
  readonly name: string;
  readonly software: string;
  readonly authenticated: Truth;
  readonly because: string;
  /** More than the containers of the same project reaches it. */
  readonly exposed: Truth;
  readonly exposedBy: string;
  readonly way: readonly Place[];
}
