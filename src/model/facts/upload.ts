import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A place where a file that the caller sent is taken. */
export interface Upload {
  readonly kind: 'upload';
  readonly at: Location;
  readonly handler: string;
  readonly handlerAt: Location;
  readonly what: string;
  /** Whether the file is kept under a name, and not only read. */
  readonly kept: Truth;
  readonly checks: UploadChecks;
  readonly reached: Truth;
}

export interface UploadChecks {
  /** The name that the caller gave is cleaned or not used. */
  readonly name: UploadCheck;
  /** Its ending or declared type is held against a list of what is allowed. */
  readonly type: UploadCheck;
  /** Its content is looked at: magic bytes, a decoder that refuses. */
  readonly content: UploadCheck;
  readonly size: UploadCheck;
  /** A malware scanner sees it. */
  readonly scan: UploadCheck;
}

export interface UploadCheck {
  readonly done: Truth;
  /** Where, when it is done. */
  readonly at: Location | undefined;
}
