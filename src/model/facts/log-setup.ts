import type { Location } from '../location.ts';
import type { Truth, Value } from '../value.ts';

/** Code or a file that says how much is logged. */
export interface LogSetup {
  readonly kind: 'logSetup';
  readonly at: Location;
  /** As written: `logging.basicConfig`. */
  readonly name: string;
  /** Where the level comes from; `none` where nothing sets it. */
  readonly level: Value<'configured' | 'fixed' | 'none'>;
  readonly wired: Truth;
}

/** How a log line looks. */
export interface LogFormat {
  readonly kind: 'logFormat';
  readonly at: Location;
  readonly name: string;
  /** `structured`: JSON or logfmt, which a machine reads field by field. */
  readonly style: 'structured' | 'text';
  readonly wired: Truth;
  /** The setting that turns it on or off; empty for none. */
  readonly says: string;
}

/** Where log lines go. */
export interface LogTarget {
  readonly kind: 'logTarget';
  readonly at: Location;
  readonly name: string;
  readonly to: Value<'stream' | 'file' | 'collector'>;
  /** Of a file: whether it is cut and old parts are thrown away. */
  readonly rotates: Value<boolean>;
  readonly reached: Truth;
}

/** A line that the code writes for people who run it. */
export interface LogCall {
  readonly kind: 'logCall';
  readonly at: Location;
  readonly by: 'logger' | 'print';
  /** Only written when debugging is asked for. */
  readonly isDebug: boolean;
  /** It is part of a command that a person runs, who reads what it prints. */
  readonly inCommand: boolean;
  /** What nobody should read in a log. */
  readonly tells: readonly LoggedValue[];
  readonly reached: Truth;
}

export interface LoggedValue {
  readonly at: Location;
  readonly what: 'a password' | 'a token' | 'a secret' | 'the whole request body' | 'all request headers';
  /** As written. */
  readonly says: string;
}

/** Whether requests are written down, one by one. */
export interface AccessLog {
  readonly kind: 'accessLog';
  readonly at: Location;
  readonly name: string;
  readonly on: Value<boolean>;
  readonly reached: Truth;
}

/** Whether an engine writes every statement into the log. */
export interface SqlEcho {
  readonly kind: 'sqlEcho';
  readonly at: Location;
  readonly name: string;
  readonly on: Value<boolean>;
  /** A literal that is the same everywhere: only a change of the code changes it. */
  readonly written: boolean;
  readonly reached: Truth;
}
