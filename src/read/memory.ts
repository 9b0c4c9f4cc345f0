import ignore from 'ignore';
import type { Repository, SourceFile } from '../model/index.ts';
import { roleOf } from './role.ts';

/** A repository out of a map from path to text: what tests use. */
export function repositoryOf(texts: Readonly<Record<string, string>>, name = 'repository'): Repository {
  const files: SourceFile[] = Object.entries(texts)
    .map(([path, text]) => ({ path, text, role: roleOf(path), tracked: 'yes' as const }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map(files.map(file => [file.path, file]));
  const folders = new Set(
    files.flatMap(({ path }) => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))),
  );
  const ignored = ignore().add(texts['.gitignore'] ?? '');
  return {
    name,
    files,
    skipped: [],
    commit: { state: 'none' },
    file: path => byPath.get(path),
    exists: path => byPath.has(path) || folders.has(path),
    isIgnored: path => path !== '' && ignored.ignores(path),
  };
}
