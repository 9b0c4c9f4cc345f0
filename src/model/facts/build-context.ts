import type { Location } from '../location.ts';

/** A copy of the whole build context into an image that is shipped. */
export interface BuildContext {
  readonly kind: 'buildContext';
  readonly at: Location;
  /** The build context in the repository. */
  readonly folder: string;
  /** The ignore file that counts; empty without one. */
  readonly ignoreFile: string;
  /** What is copied although nobody may see it, by name: `.git`, `backend/.env`. */
  readonly leaks: readonly string[];
  /** What is copied although it only makes the image large: virtual environments, node_modules. */
  readonly ballast: readonly string[];
}

/** A file with a secret that some COPY brings into an image that is shipped. */
export interface CopiedSecret {
  readonly kind: 'copiedSecret';
  readonly at: Location;
  /** Of the file, in the repository. */
  readonly path: string;
  readonly what: 'an env file' | 'a private key';
  /**
   * Why a copy would take it: it is there, the Dockerfile names it, or a deploy file expects it beside the code,
   * where it is not in the repository.
   */
  readonly because: 'present' | 'named' | 'expected';
}

/** A COPY, an install or a build that names what does not exist. */
export interface BrokenCopy {
  readonly kind: 'brokenCopy';
  readonly at: Location;
  readonly says: string;
}
