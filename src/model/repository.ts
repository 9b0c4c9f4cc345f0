import type { Value } from './value.ts';

/** Decided once, while reading, so that no control has to ask what a path means. */
export type FileRole = 'production' | 'script' | 'test' | 'example' | 'docs' | 'vendored' | 'generated';

export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly role: FileRole;
  /** Whether git tracks it; `unclear` where there is no git. */
  readonly tracked: 'yes' | 'no' | 'unclear';
}

/** What was not read, and why: too large, binary, outside the tree, unreadable … */
export interface Skipped {
  readonly path: string;
  readonly because: string;
}

/** A Helm chart with its default values put in by Helm itself. */
export interface RenderedChart {
  /** Where its `Chart.yaml` stands. */
  readonly folder: string;
  /** What each template became; one that holds several objects stands here several times, one that is off not at all. */
  readonly documents: readonly RenderedDocument[];
}

export interface RenderedDocument {
  /** The template. */
  readonly path: string;
  readonly text: string;
}

export interface Repository {
  readonly name: string;
  /** Sorted by path. Only files whose text was read; `exists` knows the others too. */
  readonly files: readonly SourceFile[];
  readonly skipped: readonly Skipped[];
  /** The commit that is checked out, and whether the tree differs from it. `none` without git. */
  readonly commit: Commit;
  /** The charts that could be rendered; the templates of all others can only be read. */
  readonly rendered: readonly RenderedChart[];
  file(path: string): SourceFile | undefined;
  /** Whether a file or a folder of this name is in the tree, read or not. */
  exists(path: string): boolean;
  /** All paths that git tracks, read or not; unclear where there is no git. */
  readonly tracked: Value<readonly string[]>;
  /** Whether git would leave this path out, by the ignore files of the tree. */
  isIgnored(path: string): boolean;
}

export type Commit =
  { readonly state: 'none' } | { readonly state: 'known'; readonly id: string; readonly dirty: boolean };
