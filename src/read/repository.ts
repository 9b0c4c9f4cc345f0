import type { Commit, RenderedChart, Repository, Skipped, SourceFile, Value } from '../model/index.ts';

interface Parts {
  readonly name: string;
  /** Sorted by path. */
  readonly files: readonly SourceFile[];
  readonly skipped: readonly Skipped[];
  readonly commit: Commit;
  /** Files and folders that are there, read or not. */
  readonly known: ReadonlySet<string>;
  readonly tracked: Value<readonly string[]>;
  readonly rendered: readonly RenderedChart[];
  readonly isIgnored: (path: string) => boolean;
}

/** A repository out of what was read of it. */
export function repositoryFrom({
  name,
  files,
  skipped,
  commit,
  known,
  tracked,
  rendered,
  isIgnored,
}: Parts): Repository {
  const byPath = new Map(files.map(file => [file.path, file]));
  return {
    name,
    files,
    skipped,
    commit,
    rendered,
    file: path => byPath.get(path),
    exists: path => path === '' || byPath.has(path) || known.has(path),
    tracked,
    isIgnored,
  };
}
