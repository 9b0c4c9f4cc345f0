import ignore from 'ignore';
import type { Project, Repository } from '../../model/index.ts';
import { PROJECT_FILE } from './file.ts';

/**
 * The repository without what the project leaves out; each pattern is said. What the project tells seaworthy is
 * no evidence either: its file can be asked for, and is not among those that are searched.
 */
export function withoutLeftOut(repository: Repository, { leaveOut, path }: Project): Repository {
  if (path === '') return repository;
  const rules = ignore().add([...leaveOut]);
  // What lies outside of the repository is asked for too: no pattern speaks of it.
  const isOut = (file: string): boolean => ignore.isPathValid(file) && rules.ignores(file);
  return {
    ...repository,
    files: repository.files.filter(file => file.path !== PROJECT_FILE && !isOut(file.path)),
    // Only paths of files are asked about: the rules refuse `''` and `/app/main.js`.
    file: each => {
      const found = repository.file(each);
      return found && isOut(found.path) ? undefined : found;
    },
    skipped: [
      ...repository.skipped,
      ...leaveOut.map(pattern => ({ path: pattern, because: `left out by ${path}` })),
    ],
  };
}
