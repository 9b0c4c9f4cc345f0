import type {
  Asked,
  Assessment,
  Ends,
  LeftOut,
  Piece,
  Plan,
  PlannedPhase,
  Readiness,
  Severity,
  Tier,
  TierTotal,
  Week,
} from '../model/index.ts';
import { TIERS } from '../model/index.ts';
import { addWorkingDays, mondayOf, QUARTERS_A_DAY } from './calendar.ts';
import { forTarget } from './deploy.ts';
import { rankOfTier, tierOf } from './draft.ts';
import { likelyQuarters, sumOf } from './effort.ts';
import { piecesToMend } from './mend.ts';
import { inOrder, type Ordered } from './order.ts';
import { PHASES } from './phases.ts';
import { piecesToFindOut } from './questions.ts';
import { longestChain, schedule, type Schedule, type Task } from './schedule.ts';

const SEVERITIES_OF: Readonly<Record<Tier, readonly Severity[]>> = {
  minimum: ['critical'],
  recommended: ['critical', 'high'],
  full: ['critical', 'high', 'medium', 'low'],
};

/** Larger teams are not tried when it is asked which one would be in time. */
const LARGEST_TEAM = 12;

/** The way from an assessment to production: what to do, in which order, how long it takes, and when it is done. */
export function planOf(assessment: Assessment, asked: Asked): Plan {
  const { counts, pieces, open, leftOut } = forTarget(assessment, asked.target);
  const ordered = inOrder(
    [...piecesToFindOut(assessment, counts, open), ...piecesToMend(assessment, counts), ...pieces],
    asked.first,
  );
  const tasks = ordered.map(taskOf);
  const made = schedule(tasks, asked.team);
  const wanted = ordered.filter(({ tier }) => rankOfTier(tier) <= rankOfTier(asked.tier));
  const placed = wanted.map(each => pieceOf(each, made, asked.start));
  const { commit } = assessment.repository;
  return {
    schema: 1,
    tool: assessment.tool,
    repository: {
      name: assessment.repository.name,
      commit: commit.state === 'known' ? commit.id : '',
      readiness: assessment.readiness,
    },
    asked,
    tiers: TIERS.map(tier => totalOf(tier, ordered, made, asked, assessment)),
    phases: phasesOf(placed),
    pieces: placed,
    weeks: weeksOf(placed, made, asked.start),
    limits: limitsOf(tasks.slice(0, wanted.length), tasks, made, asked),
    leftOut: { ...countsOf(assessment), later: ordered.length - wanted.length, notForTarget: leftOut },
  };
}

const taskOf = ({ id, tier, effort, after }: Ordered): Task => ({
  id,
  tier: rankOfTier(tier),
  takes: { early: effort.low * 4, likely: likelyQuarters(effort), late: effort.high * 4 },
  after: after.map(({ piece }) => piece),
});

const firstDay = (start: string, quarters: number): string =>
  addWorkingDays(start, Math.floor(quarters / QUARTERS_A_DAY));

/** The day on which work that ends then is still done. */
const lastDay = (start: string, quarters: number): string =>
  addWorkingDays(start, Math.max(0, Math.ceil(quarters / QUARTERS_A_DAY) - 1));

function pieceOf(ordered: Ordered, { slots }: Schedule, start: string): Piece {
  const slot = slots.find(each => each.id === ordered.id);
  const { id, kind, title, phase, tier, severity, services, skill, effort, overhead, items } = ordered;
  return {
    id,
    kind,
    title,
    phase,
    tier,
    severity,
    services,
    skill,
    effort,
    overhead,
    items,
    after: ordered.after,
    neededFor: ordered.neededFor,
    person: (slot?.person ?? 0) + 1,
    start: firstDay(start, slot?.start ?? 0),
    end: lastDay(start, slot?.end ?? 0),
  };
}

function totalOf(
  tier: Tier,
  ordered: readonly Ordered[],
  { ends }: Schedule,
  { start, until }: Asked,
  assessment: Assessment,
): TierTotal {
  const own = ordered.filter(each => rankOfTier(each.tier) <= rankOfTier(tier));
  const done = ends[rankOfTier(tier)];
  const days: Ends =
    own.length === 0 || !done
      ? { early: '', likely: '', late: '' }
      : {
          early: lastDay(start, done.early),
          likely: lastDay(start, done.likely),
          late: lastDay(start, done.late),
        };
  return {
    tier,
    severities: SEVERITIES_OF[tier],
    pieces: own.length,
    effort: sumOf(own.map(({ effort }) => effort)),
    ends: days,
    reaches: readinessAfter(tier, assessment),
    inTime: inTimeOf(days, until),
  };
}

function inTimeOf({ likely, late }: Ends, until: string): TierTotal['inTime'] {
  if (until === '') return 'not asked';
  if (late <= until) return 'yes';
  return likely <= until ? 'perhaps' : 'no';
}

/** What is left when all findings of a tier are mended. */
function readinessAfter(tier: Tier, { services, readiness }: Assessment): Readiness {
  if (readiness !== 'NOT READY' && readiness !== 'READY WITH RISKS') return readiness;
  const left = services
    .flatMap(({ judgements }) => judgements)
    .filter(({ stage, status }) => stage === 'stable' && status === 'fail')
    .flatMap(({ findings }) => findings.map(({ severity }) => severity))
    .filter(severity => rankOfTier(tierOf(severity)) > rankOfTier(tier));
  return left.includes('high') ? 'READY WITH RISKS' : 'READY';
}

function phasesOf(pieces: readonly Piece[]): readonly PlannedPhase[] {
  return PHASES.flatMap(phase => {
    const own = pieces.filter(piece => piece.phase === phase.id);
    return own.length === 0
      ? []
      : [{ ...phase, pieces: own.map(({ id }) => id), effort: sumOf(own.map(({ effort }) => effort)) }];
  });
}

/** Who works on what in which week. */
function weeksOf(pieces: readonly Piece[], { slots }: Schedule, start: string): readonly Week[] {
  const here = new Set(pieces.map(({ id }) => id));
  const own = slots.filter(({ id }) => here.has(id)).sort((a, b) => a.start - b.start || a.person - b.person);
  const last = Math.max(0, ...own.map(({ end }) => Math.ceil(end / QUARTERS_A_DAY)));
  const weeks = new Map<string, number[]>();
  for (let day = 0; day < last; day++) {
    const monday = mondayOf(addWorkingDays(start, day));
    weeks.set(monday, [...(weeks.get(monday) ?? []), day]);
  }
  return [...weeks.values()].map((days): Week => {
    const [from, to] = [days[0] ?? 0, (days.at(-1) ?? 0) + 1];
    const inWeek = own.filter(slot => slot.start < to * QUARTERS_A_DAY && slot.end > from * QUARTERS_A_DAY);
    const people = [...new Set(inWeek.map(({ person }) => person))].sort((a, b) => a - b);
    return {
      from: addWorkingDays(start, from),
      to: addWorkingDays(start, to - 1),
      people: people.map(person => ({
        person: person + 1,
        pieces: inWeek.filter(slot => slot.person === person).map(({ id }) => id),
      })),
    };
  });
}

function limitsOf(
  wanted: readonly Task[],
  all: readonly Task[],
  made: Schedule,
  { start, until, team, tier }: Asked,
): Plan['limits'] {
  const { ids, takes } = longestChain(wanted);
  const here = new Set(wanted.map(({ id }) => id));
  return {
    chain: ids,
    chainEnds: ids.length === 0 ? '' : lastDay(start, takes),
    busy: new Set(made.slots.filter(({ id }) => here.has(id)).map(({ person }) => person)).size,
    teamInTime:
      until === '' || wanted.length === 0 ? 0 : teamInTime(all, rankOfTier(tier), start, until, team),
  };
}

function teamInTime(
  tasks: readonly Task[],
  tier: number,
  start: string,
  until: string,
  team: number,
): number {
  for (let people = 1; people <= Math.max(LARGEST_TEAM, team); people++) {
    const end = schedule(tasks, people).ends[tier];
    if (end && lastDay(start, end.likely) <= until) return people;
  }
  return 0;
}

function countsOf({ services }: Assessment): Omit<LeftOut, 'later' | 'notForTarget'> {
  const judgements = services.flatMap(service => service.judgements);
  const count = (of: (judgement: (typeof judgements)[number]) => number) =>
    judgements.reduce((sum, each) => sum + of(each), 0);
  return {
    waived: count(({ waived }) => waived.length),
    attested: count(({ rank, status }) => (status === 'pass' && rank === 'attested' ? 1 : 0)),
    trial: count(({ stage, findings }) => (stage === 'trial' ? findings.length : 0)),
  };
}
