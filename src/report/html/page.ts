import type {
  AssessedService,
  Assessment,
  Comparison,
  Evidence,
  Judgement,
  Plan,
  Readiness,
  Severity,
} from '../../model/index.ts';
import {
  applies,
  categoryName,
  commitWords,
  groupBy,
  judgementsWith,
  plural,
  RULE,
  waivedOf,
  whereOf,
  type FlatJudgement,
} from '../words.ts';
import { pagePlan } from './plan.ts';
import { pageClaims } from './claims.ts';
import { pageComparison } from './comparison.ts';
import { groupId, groupsOf, saysWhere } from './findings.ts';
import { listOf } from './list.ts';
import type {
  FindingGroup,
  ReportPage,
  PageAccepted,
  PageCategory,
  PageCounts,
  PageNote,
  PagePass,
  PageReason,
  PageService,
} from './model.ts';
import { visible } from './visible.ts';

const READINESS: Readonly<Record<Readiness, string>> = {
  'NOT READY': 'Not ready',
  'READY WITH RISKS': 'Ready with risks',
  READY: 'Ready',
  PROVEN: 'Proven',
  'NOTHING TO JUDGE': 'Nothing to judge',
};

const readinessWords = (readiness: Readiness): string => READINESS[readiness];

const findingIds = (groups: readonly FindingGroup[]): ReadonlySet<string> =>
  new Set(groups.flatMap(({ findings }) => findings.flatMap(({ ids }) => ids)));

const FIRST_STEPS = 3;

/** Proofs of a pass that are listed. */
const MOST_PROOFS = 5;

/** Files that were not read, and problems, that are listed. */
const MOST_LISTED = 100;

/** What belongs to a report beside the assessment. */
export interface Beside {
  /** The day of the assessment, as `2026-11-21`. */
  readonly day: string;
  readonly plan: Plan;
  /** With an earlier assessment. */
  readonly comparison: Comparison | 'none';
}

/** What the report page shows of an assessment. */
export function reportPageOf(assessment: Assessment, { day, plan, comparison }: Beside): ReportPage {
  const { repository, tool, readiness, score, services } = assessment;
  const groups = groupsOf(assessment);
  const known = new Set(groups.map(({ id }) => id));
  const lists = listsOf(assessment);
  return visible<ReportPage>({
    repository: repository.name,
    commit: commitWords(assessment),
    day,
    tool: `${tool.name} ${tool.version}`,
    verdict: {
      readiness,
      words: READINESS[readiness],
      rule: RULE[readiness],
      points: score.overall,
      coverage: score.coverage,
    },
    counts: countsOf(groups, lists),
    next: nextOf(assessment, known),
    plan: pagePlan(plan, known, readinessWords),
    comparison:
      comparison === 'none' ? 'none' : pageComparison(comparison, findingIds(groups), readinessWords),
    categories: categoriesOf(assessment, groups),
    services: services.map(service => serviceOf(service, assessment, groups)),
    groups,
    baseline: baselineOf(assessment),
    ...lists,
    notices: assessment.notices.map(({ at, says }) => ({ where: saysWhere(at), says })),
    frameworks: assessment.frameworks,
    claims: pageClaims(assessment.claims),
    skipped: listOf(
      assessment.skipped.map(({ path, because }) => ({ where: path, says: because })),
      MOST_LISTED,
    ),
    problems: listOf(
      assessment.problems.map(({ where, what }) => ({ where, says: what })),
      MOST_LISTED,
    ),
  });
}

type Lists = Pick<ReportPage, 'passes' | 'open' | 'toState' | 'notApplicable' | 'accepted'>;

function listsOf(assessment: Assessment): Lists {
  const unknown = reasonsOf(judgementsWith(assessment, 'unknown'));
  return {
    passes: passesOf(assessment),
    open: unknown.filter(({ category }) => category !== 'attest'),
    toState: unknown.filter(({ category }) => category === 'attest'),
    notApplicable: reasonsOf(judgementsWith(assessment, 'not-applicable')),
    accepted: acceptedOf(assessment),
  };
}

const findingCounts = (
  groups: readonly FindingGroup[],
  counts: (services: readonly string[]) => boolean = () => true,
): Record<Severity, number> => {
  const sum: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { stage, severity, findings } of groups)
    if (stage === 'stable') sum[severity] += findings.filter(({ services }) => counts(services)).length;
  return sum;
};

/** As long as the lists on the page are: what several services share counts once. */
function countsOf(groups: readonly FindingGroup[], lists: Lists): PageCounts {
  const { passes, open, toState, notApplicable, accepted } = lists;
  return {
    findings: findingCounts(groups),
    trial: groups
      .filter(({ stage }) => stage === 'trial')
      .reduce((sum, { findings }) => sum + findings.length, 0),
    passed: passes.length,
    open: open.length,
    toState: toState.length,
    notApplicable: notApplicable.length,
    accepted: accepted.length,
  };
}

function nextOf({ next }: Assessment, known: ReadonlySet<string>): ReportPage['next'] {
  return {
    steps: next.steps.slice(0, FIRST_STEPS).map(({ control, title, severity, places, remedy }) => {
      const group = groupId(control, severity);
      return { control, title, severity, places, remedy, group: known.has(group) ? group : '' };
    }),
    readiness: next.readiness === '' ? '' : READINESS[next.readiness],
    stepsToIt: next.stepsToIt,
  };
}

const categoriesOf = ({ score }: Assessment, groups: readonly FindingGroup[]): readonly PageCategory[] =>
  score.categories.map(each => ({
    ...each,
    name: categoryName(each.category),
    applies: applies(each),
    findings: groups
      .filter(({ category, stage }) => category === each.category && stage === 'stable')
      .reduce((sum, { findings }) => sum + findings.length, 0),
  }));

function serviceOf(
  { id, path, language, framework, readiness, score, startPaths }: AssessedService,
  whole: Assessment,
  groups: readonly FindingGroup[],
): PageService {
  const own = new Map(score.categories.map(each => [each.category, each]));
  return {
    id,
    path,
    kind: framework || language,
    readiness,
    words: READINESS[readiness],
    points: score.overall,
    coverage: score.coverage,
    findings: findingCounts(groups, services => services.includes(id)),
    categories: whole.score.categories.map(({ category }) => {
      const each = own.get(category);
      return each && applies(each) ? each.points : 'apart';
    }),
    starts: groupBy(startPaths, ({ command, target }) => `${command}\n${target}`).flatMap(
      ([, [first, ...others]]) =>
        first
          ? [
              {
                command: first.command,
                where: `${saysWhere(first.at)}${others.length > 0 ? ` and ${plural(others.length, 'other place')}` : ''}`,
                target: first.target,
                production: first.production,
              },
            ]
          : [],
    ),
  };
}

function baselineOf({ services, gone }: Assessment): ReportPage['baseline'] {
  const given = services.some(({ judgements }) =>
    judgements.some(({ findings }) => findings.some(({ since }) => since !== 'none')),
  );
  return given || gone > 0 ? { given: true, gone } : { given: false };
}

/** Places of which the same is said stand together: `src/app.py:156, 169, 182`. */
const proofsOf = (evidence: readonly Evidence[]): readonly PageNote[] =>
  groupBy(evidence.map(proofOf), ({ says }) => says).map(([says, same]) => ({
    says,
    where: placesTogether(same.map(({ where }) => where).filter(where => where !== '')),
  }));

/** Places of one proof that are named. */
const MOST_PLACES = 8;

function placesTogether(places: readonly string[]): string {
  const named = groupBy(places.slice(0, MOST_PLACES), where => where.slice(0, where.lastIndexOf(':')))
    .map(([path, same]) => `${path}:${same.map(where => where.slice(path.length + 1)).join(', ')}`)
    .join(', ');
  return places.length > MOST_PLACES
    ? `${named} and ${plural(places.length - MOST_PLACES, 'other place')}`
    : named;
}

const proofOf = (evidence: Evidence): PageNote => {
  switch (evidence.kind) {
    case 'place':
    case 'statement':
      return { where: saysWhere(evidence.at), says: evidence.says };
    case 'absence':
      return { where: '', says: `No ${evidence.of} in ${plural(evidence.searched.length, 'file')}` };
    case 'observation':
      return { where: '', says: `${evidence.did}: ${evidence.saw}` };
  }
};

/** The same answer of several services is told once. */
const toldOnce = (
  all: readonly FlatJudgement[],
  says: (judgement: Judgement) => string,
): readonly { readonly judgement: Judgement; readonly services: readonly string[] }[] =>
  groupBy(all, ({ judgement }) => `${judgement.control}\n${says(judgement)}`).flatMap(([, same]) => {
    const [first] = same;
    return first ? [{ judgement: first.judgement, services: same.map(({ service }) => service) }] : [];
  });

const namesOf = ({ control, category, title, severity }: Judgement) => ({
  control,
  category,
  categoryName: categoryName(category),
  title,
  severity,
});

function passesOf(assessment: Assessment): readonly PagePass[] {
  const all = judgementsWith(assessment, 'pass');
  return toldOnce(all, ({ evidence }) => JSON.stringify(evidence)).map(({ judgement, services }) => {
    const proofs = proofsOf(judgement.evidence);
    return {
      ...namesOf(judgement),
      rank: judgement.rank,
      services,
      proofs: proofs.slice(0, MOST_PROOFS),
      more: Math.max(0, proofs.length - MOST_PROOFS),
    };
  });
}

const reasonsOf = (all: readonly FlatJudgement[]): readonly PageReason[] =>
  toldOnce(all, ({ because }) => because).map(({ judgement, services }) => ({
    ...namesOf(judgement),
    services,
    because: judgement.because,
  }));

const acceptedOf = (assessment: Assessment): readonly PageAccepted[] =>
  waivedOf(assessment).map(({ service, judgement, waived: { finding, waiver } }) => ({
    control: judgement.control,
    title: judgement.title,
    severity: finding.severity,
    services: [service],
    where: whereOf(finding),
    message: finding.message,
    reason: waiver.reason,
    owner: waiver.owner,
    until: waiver.until,
    writtenAt: saysWhere(waiver.at),
  }));
