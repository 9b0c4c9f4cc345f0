import type { TrackedArtifact } from '../../model/index.ts';
import { absence, defineControl, failOr, passEvery, place } from '../define.ts';

const SAYS: Readonly<Record<TrackedArtifact['what'], string>> = {
  database: 'a database',
  upload: 'what users uploaded',
  log: 'a log',
  pickle: 'a pickle, which runs code when it is loaded',
  bytecode: 'compiled code',
  'build output': 'the output of a build',
  'coverage report': 'a report on coverage',
};

const sayOf = ({ what, path, files }: TrackedArtifact): string =>
  `git tracks ${path}${files > 1 ? ` (${files} files)` : ''}: ${SAYS[what]}`;

export default defineControl({
  id: 'supply/committed-artifacts',
  title: 'Git holds sources, not what runs and builds leave behind',
  severity: 'medium',
  stage: 'stable',
  asks: 'Looks through the paths that git tracks for databases, uploads, logs, pickles, compiled code, build output and coverage reports, outside of tests, examples and documents.',
  why: 'Data of people ends up in every copy for ever, stale output is shipped in place of what the source says, and each run shows as a change.',
  remedy:
    'Remove them from git with `git rm --cached`, name them in .gitignore, and keep data where it is backed up.',
  sources: ['CATALOG supply/committed-artifacts'],
  fix: 'auto',
  drill: 'none',
  needs: ['trackedArtifact'],

  applies: () => true,

  judge: ({ facts }) =>
    failOr(
      facts.all('trackedArtifact').map(each => place(each.at, sayOf(each))),
      passEvery([
        absence('database, upload, log, pickle, compiled code, build output or coverage report in git', []),
      ]),
    ),
});
