import { stated, type RenderedChart, type Repository, type SourceFile } from '../model/index.ts';
import { ignoreRules } from './ignore.ts';
import { repositoryFrom } from './repository.ts';
import { roleOf } from './role.ts';

/** A repository out of a map from path to text, all of it tracked by git if nothing else is said: for tests. */
export function repositoryOf(
  texts: Readonly<Record<string, string>>,
  name = 'repository',
  tracked: SourceFile['tracked'] = 'yes',
  rendered: readonly RenderedChart[] = [],
): Repository {
  const files: SourceFile[] = Object.entries(texts)
    .map(([path, text]) => ({ path, text, role: roleOf(path, text), tracked }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const rules = ignoreRules();
  const known = new Set<string>();
  for (const { path, text } of files) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth++) known.add(parts.slice(0, depth).join('/'));
    if (parts.at(-1) === '.gitignore') rules.add(parts.slice(0, -1).join('/'), text);
  }
  return repositoryFrom({
    name,
    files,
    skipped: [],
    commit: { state: 'none' },
    known,
    tracked: stated(files.map(({ path }) => path)),
    rendered,
    isIgnored: path => rules.ignores(path, false),
  });
}
