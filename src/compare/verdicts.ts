import type {
  AssessedService,
  Assessment,
  Evidence,
  Judgement,
  ToldLine,
  ToldVerdict,
  TurnedVerdict,
  VerdictStatus,
} from '../model/index.ts';
import { SEVERITIES } from '../model/index.ts';

/** Lines of one verdict that are shown; the rest stands in the assessments. */
const MOST_LINES = 3;

/** Stable controls of services of both sides that come out differently: worse, then better, then otherwise. */
export function turnedVerdicts(before: Assessment, after: Assessment): readonly TurnedVerdict[] {
  return pairsOf(before, after)
    .flatMap(({ service, one, other }): TurnedVerdict[] =>
      one.status === other.status
        ? []
        : [
            {
              service,
              control: other.control,
              title: other.title,
              severity: other.severity,
              before: told(one),
              after: told(other),
              turned: turnOf(one.status, other.status),
            },
          ],
    )
    .sort(
      (a, b) =>
        TURNS.indexOf(a.turned) - TURNS.indexOf(b.turned) ||
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        compare(a.control, b.control) ||
        compare(a.service, b.service),
    );
}

const TURNS: readonly TurnedVerdict['turned'][] = ['worse', 'better', 'other'];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface Pair {
  readonly service: string;
  readonly one: Judgement;
  readonly other: Judgement;
}

/** Judgements of one service and control, stable on both sides. */
export function pairsOf(before: Assessment, after: Assessment): readonly Pair[] {
  return before.services.flatMap(({ id: service, judgements }) => {
    const now = after.services.find(({ id }) => id === service);
    const others = now ? stableOf(now) : new Map<string, Judgement>();
    return judgements.flatMap((one): Pair[] => {
      const other = others.get(one.control);
      return other && one.stage === 'stable' ? [{ service, one, other }] : [];
    });
  });
}

const stableOf = ({ judgements }: AssessedService): ReadonlyMap<string, Judgement> =>
  new Map(judgements.filter(({ stage }) => stage === 'stable').map(each => [each.control, each]));

/** What no longer fails is better, and what holds now; what is accepted or cannot be told any more is neither. */
function turnOf(before: VerdictStatus, after: VerdictStatus): TurnedVerdict['turned'] {
  if (isBetter(before, after)) return 'better';
  return isBetter(after, before) ? 'worse' : 'other';
}

const isBetter = (before: VerdictStatus, after: VerdictStatus): boolean =>
  (after === 'pass' && before !== 'not-applicable') || (before === 'fail' && after === 'not-applicable');

function told(judgement: Judgement): ToldVerdict {
  return { status: judgement.status, lines: linesOf(judgement).slice(0, MOST_LINES) };
}

function linesOf({ status, findings, evidence, waived, because }: Judgement): readonly ToldLine[] {
  switch (status) {
    case 'fail':
      return findings.map(({ places, message }) => ({ at: places[0]?.at, says: message }));
    case 'pass':
      return evidence.map(proofOf);
    case 'waived':
      return waived.map(({ finding, waiver }) => ({ at: finding.places[0]?.at, says: waiver.reason }));
    default:
      return [{ at: undefined, says: because }];
  }
}

function proofOf(evidence: Evidence): ToldLine {
  switch (evidence.kind) {
    case 'place':
    case 'statement':
      return { at: evidence.at, says: evidence.says };
    case 'absence':
      return { at: evidence.at, says: `no ${evidence.of}` };
    case 'observation':
      return { at: undefined, says: `${evidence.did}: ${evidence.saw}` };
  }
}
