import { judgeRepository, type Judged } from './assess.ts';
import type {
  Assessment,
  AssessedService,
  AssessedStart,
  Claims,
  Control,
  ControlId,
  Framework,
  Given,
  InlineIgnore,
  Location,
  Project,
  Repository,
  Score,
  SourceFile,
  StartPath,
} from './model/index.ts';
import { claimsIn } from './claims/claims.ts';
import { unjudged } from './facts/unjudged.ts';
import { isClaimDocument } from './claims/documents.ts';
import { controls } from './controls/index.ts';
import { excerptOf, surroundingsOf } from './read/excerpt.ts';
import { maskSecrets } from './read/mask.ts';
import { roleOfPlace } from './read/place-role.ts';
import { likelyHours } from './plan/works/index.ts';
import { readRepository } from './read/disk.ts';
import { readRevision } from './read/revision.ts';
import { readProject } from './read/project/file.ts';
import { readInlineIgnores } from './read/project/inline.ts';
import { withoutLeftOut } from './read/project/leave-out.ts';
import { assessedService, type Shown } from './score/assessment.ts';
import { byFramework } from './score/by-framework.ts';
import { nextOf } from './score/next-steps.ts';
import { readinessOf, worstReadiness } from './score/readiness.ts';
import { goneFrom, withBaseline, type Baseline } from './score/baseline.ts';
import { scoreOf } from './score/score.ts';
import { statementNotices } from './score/statements.ts';
import { withWaivers } from './score/waivers.ts';
import { VERSION } from './version.ts';

/** Milliseconds. */
export interface Timing {
  readonly read: number;
  readonly judge: number;
}

export type AssessResult =
  | {
      readonly ok: true;
      readonly assessment: Assessment;
      readonly project: Project;
      /** The day on which dates were judged. */
      readonly today: string;
      readonly timing: Timing;
    }
  | { readonly ok: false; readonly what: string; readonly mend: string };

/** What an assessment is made with, beside the repository. */
export type Options = { readonly [K in keyof Given]?: Given[K] | undefined } & {
  /** Findings that are known and fail nothing. */
  readonly baseline?: Baseline | undefined;
  /** A branch, a tag or a commit: what it holds is read, and not what lies in the folder. */
  readonly revision?: string | undefined;
  /** By which the verdicts are grouped as well. */
  readonly frameworks?: readonly Framework[] | undefined;
  /** Documents whose claims are held against what is found; `repository` for those in it. */
  readonly claims?: readonly SourceFile[] | 'repository' | undefined;
};

const NO_CLAIMS: Claims = { documents: [], contradictions: [] };

function claimsOf(
  asked: NonNullable<Options['claims']>,
  repository: Repository,
  judged: readonly Judged[],
  services: readonly AssessedService[],
  score: Score,
): Claims {
  const documents = asked === 'repository' ? repository.files.filter(isClaimDocument) : asked;
  const witnesses = services.flatMap(assessed => {
    const own = judged.find(({ service }) => service.id === assessed.id);
    return own ? [{ assessed, facts: own.facts }] : [];
  });
  const byCategory = new Map(score.categories.map(({ category, points }) => [category, points]));
  return claimsIn(documents, { repository, witnesses }, { overall: score.overall, byCategory });
}

/** The day of the run, by the calendar of UTC. */
const dayOfRun = (): string => new Date().toISOString().slice(0, 10);

/**
 * The whole of `seaworthy assess`: reads a folder and answers every control about each of its services.
 * Nothing of the folder is run, and no network is used unless `given.advisories` does. What cannot be read is
 * said in the assessment.
 * @param path the folder of the repository
 * @param given the day on which dates are judged (that of the run, when it is left out), and known vulnerabilities
 * @param onProgress told in words what is being done
 */
export async function assessPath(
  path: string,
  options: Options = {},
  onProgress: (doing: string) => void = () => undefined,
): Promise<AssessResult> {
  const started = performance.now();
  onProgress('reading');
  const read = await (options.revision === undefined
    ? readRepository(path)
    : readRevision(path, options.revision));
  if (!read.ok) return read;
  const settings = settingsOf(read.repository);
  if (!settings.ok) return settings;
  const { project, ignores } = settings;
  const repository = withoutLeftOut(read.repository, project);
  const readDone = performance.now();
  onProgress(`judging ${repository.files.length} files`);
  const { baseline, advisories, today = dayOfRun(), frameworks: asked = [], claims } = options;
  const { services, problems } = await judgeRepository(
    repository,
    { today, advisories },
    { controls: controlsFor(project), attestations: project.attestations },
  );
  const judged = services.map(each => serviceOf(each, repository));
  const { waivers } = project;
  const { services: accepted, notices } = withWaivers(judged, { waivers, ignores, today });
  const assessed = baseline ? withBaseline(accepted, baseline) : accepted;
  const score = scoreOf(assessed.flatMap(({ judgements }) => judgements));
  return {
    ok: true,
    project,
    today,
    timing: { read: readDone - started, judge: performance.now() - readDone },
    assessment: {
      schema: 1,
      tool: { name: 'seaworthy', version: VERSION },
      repository: { name: repository.name, path, commit: repository.commit },
      services: assessed,
      readiness:
        assessed.length === 0 ? readinessOf([]) : worstReadiness(assessed.map(each => each.readiness)),
      score,
      next: nextOf(assessed, likelyHours),
      notices: [...notices, ...statementNotices(judged, project.attestations, today)],
      frameworks: asked.map(framework => byFramework(framework, assessed, project.attestations)),
      claims: claims ? claimsOf(claims, repository, services, assessed, score) : NO_CLAIMS,
      gone: baseline ? goneFrom(baseline, assessed) : 0,
      skipped: [...(assessed.length === 0 ? unjudged(repository) : []), ...repository.skipped],
      problems,
    },
  };
}

type Settings =
  | { readonly ok: true; readonly project: Project; readonly ignores: readonly InlineIgnore[] }
  | { readonly ok: false; readonly what: string; readonly mend: string };

/** What the project says of itself, in its file and in comments; each control that it names must be there. */
function settingsOf(repository: Repository): Settings {
  const read = readProject(repository);
  if (!read.ok) return read;
  const inline = readInlineIgnores(repository);
  if (!inline.ok) return inline;
  const { project } = read;
  const { ignores } = inline;
  const ids = new Set<string>(controls.map(({ id }) => id));
  const named: readonly { readonly at: Location; readonly control: ControlId }[] = [
    ...project.waivers,
    ...project.severities,
    ...project.attestations,
    ...ignores.flatMap(({ at, controls: own }) => own.map(control => ({ at, control }))),
  ];
  const wrong = named.find(({ control }) => !ids.has(control));
  return wrong
    ? {
        ok: false,
        what: `${wrong.at.path}:${wrong.at.startLine}: there is no control ${wrong.control}`,
        mend: 'See `seaworthy controls` for all of them.',
      }
    : { ok: true, project, ignores };
}

/** The controls with the severities that the project gives them. */
const controlsFor = ({ severities }: Project): readonly Control[] => {
  const own = new Map(severities.map(({ control, severity }) => [control, severity]));
  return own.size === 0
    ? controls
    : controls.map(control => ({ ...control, severity: own.get(control.id) ?? control.severity }));
};

const serviceOf = ({ service, facts, answers }: Judged, repository: Repository): AssessedService =>
  assessedService(
    { service, answers, startPaths: facts.all('startPath').map(startOf) },
    shownFrom(repository),
  );

const shownFrom = (repository: Repository): Shown => ({
  mask: maskSecrets,
  excerpt: at => excerptOf(repository, at),
  around: at => surroundingsOf(repository, at),
  role: path => roleOfPlace(repository, path),
});

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
