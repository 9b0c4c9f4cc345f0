import { judgeRepository, type Judged } from './assess.ts';
import type { Assessment, AssessedStart, Location, Repository, StartPath } from './model/index.ts';
import { maskSecrets } from './read/mask.ts';
import { readRepository } from './read/disk.ts';
import { assessedService, type Shown } from './score/assessment.ts';
import { nextOf } from './score/next-steps.ts';
import { readinessOf, worstReadiness } from './score/readiness.ts';
import { scoreOf } from './score/score.ts';
import { VERSION } from './version.ts';

/** Milliseconds. */
export interface Timing {
  readonly read: number;
  readonly judge: number;
}

export type AssessResult =
  | { readonly ok: true; readonly assessment: Assessment; readonly timing: Timing }
  | { readonly ok: false; readonly what: string; readonly mend: string };

/**
 * The whole of `seaworthy assess`: reads a folder and answers every control about each of its services.
 * Nothing of the folder is run and no network is used. What cannot be read is said in the assessment.
 * @param path the folder of the repository
 * @param onProgress told in words what is being done
 */
export async function assessPath(
  path: string,
  onProgress: (doing: string) => void = () => undefined,
): Promise<AssessResult> {
  const started = performance.now();
  onProgress('reading');
  const read = await readRepository(path);
  if (!read.ok) return read;
  const { repository } = read;
  const readDone = performance.now();
  onProgress(`judging ${repository.files.length} files`);
  const { services, problems } = await judgeRepository(repository);
  const assessed = services.map(each => serviceOf(each, repository));
  const all = assessed.flatMap(({ judgements }) => judgements);
  return {
    ok: true,
    timing: { read: readDone - started, judge: performance.now() - readDone },
    assessment: {
      schema: 1,
      tool: { name: 'seaworthy', version: VERSION },
      repository: { name: repository.name, path, commit: repository.commit },
      services: assessed,
      readiness:
        assessed.length === 0 ? readinessOf([]) : worstReadiness(assessed.map(each => each.readiness)),
      score: scoreOf(all),
      next: nextOf(assessed),
      skipped: repository.skipped,
      problems,
    },
  };
}

const serviceOf = ({ service, facts, answers }: Judged, repository: Repository) =>
  assessedService(
    { service, answers, startPaths: facts.all('startPath').map(startOf) },
    shownFrom(repository),
  );

/** Lines of an excerpt; a longer place is cut. */
const MOST_LINES = 8;
const LONGEST_LINE = 200;

const shownFrom = (repository: Repository): Shown => ({
  mask: maskSecrets,
  excerpt: at => excerptOf(repository, at),
});

function excerptOf(repository: Repository, at: Location): string {
  const text = repository.file(at.path)?.text;
  if (text === undefined) return '';
  const end = Math.min(at.endLine, at.startLine + MOST_LINES - 1);
  return maskSecrets(
    text
      .split('\n', end)
      .slice(at.startLine - 1)
      .map(line => line.trimEnd().slice(0, LONGEST_LINE))
      .join('\n'),
  );
}

const startOf = ({ command, at, serves, target }: StartPath): AssessedStart => ({
  command: maskSecrets(command.text),
  at,
  runs: serves.with === 'unclear' ? serves.because : serves.name,
  target:
    target.state === 'resolved'
      ? `${target.path}${target.object ? `:${target.object}` : ''}`
      : target.because,
  production: command.stage !== 'development',
});
