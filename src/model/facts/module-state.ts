import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A value in the memory of one process that requests change. */
export interface ModuleState {
  readonly kind: 'moduleState';
  /** Where it is defined. */
  readonly at: Location;
  readonly name: string;
  readonly changes: readonly { readonly at: Location; readonly in: string }[];
  /** It is kept for each user, session or client. */
  readonly perUser: Truth;
  readonly reached: Truth;
}

/** A server of web sockets or events, and what ties its processes together. */
export interface SocketServer {
  readonly kind: 'socketServer';
  readonly at: Location;
  readonly name: string;
  /** Messages go through a queue that all processes share. */
  readonly hasQueue: Truth;
  readonly reached: Truth;
}
