import type { Location } from '../location.ts';

/** A COPY or ADD of a whole folder of the build context. */
export interface BuildContext {
  readonly kind: 'buildContext';
  readonly at: Location;
  /** The build context in the repository. */
  readonly folder: string;
  /** The ignore file that counts; empty without one. */
  readonly ignoreFile: string;
  /** What is copied although it should not be, by name: `.git`, `backend/.env`. */
  readonly leaks: readonly string[];
  /** Files with secrets that are there and copied: env files and private keys. */
  readonly secrets: readonly string[];
  /** Env files that are not in the repository, that a deploy file expects beside the code, and that a copy would take. */
  readonly expected: readonly string[];
}

/** A COPY whose source, or a stage, does not exist. */
export interface BrokenCopy {
  readonly kind: 'brokenCopy';
  readonly at: Location;
  readonly says: string;
}
