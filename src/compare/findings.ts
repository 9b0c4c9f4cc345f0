import type {
  AssessedFinding,
  Assessment,
  ChangedFinding,
  Judgement,
  MovedFinding,
  OtherSide,
} from '../model/index.ts';

/** A finding that counts, with where it is of. */
interface Counted {
  readonly service: string;
  readonly judgement: Judgement;
  readonly finding: AssessedFinding;
}

export interface FindingChanges {
  readonly appeared: readonly ChangedFinding[];
  readonly gone: readonly ChangedFinding[];
  readonly moved: readonly MovedFinding[];
  readonly stayed: number;
}

/**
 * Which findings are new, gone or elsewhere. They are told apart by their ids, which do not depend on lines; what
 * says the same in another file has moved there.
 */
export function findingChanges(before: Assessment, after: Assessment): FindingChanges {
  const [old, now] = [countedOf(before), countedOf(after)];
  const both = [...old].flatMap(([key, one]) => {
    const other = now.get(key);
    return other ? [{ one, other }] : [];
  });
  const lost = [...old].flatMap(([key, each]) => (now.has(key) ? [] : [told(each, key, after)]));
  const found = [...now].flatMap(([key, each]) => (old.has(key) ? [] : [told(each, key, before)]));
  const carried = carriedOver(lost, found);
  const pairs = [...both, ...carried.map(({ from, to }) => ({ one: from.counted, other: to.counted }))];
  return {
    appeared: found.filter(each => !carried.some(({ to }) => to === each)).map(({ change }) => change),
    gone: lost.filter(each => !carried.some(({ from }) => from === each)).map(({ change }) => change),
    moved: pairs.flatMap(movedOf),
    stayed: pairs.length,
  };
}

const keyOf = ({ service, judgement, finding }: Counted): string =>
  [service, judgement.control, finding.id].join('\n');

/** By service, control and id. */
function countedOf({ services }: Assessment): ReadonlyMap<string, Counted> {
  return new Map(
    services.flatMap(({ id: service, judgements }) =>
      judgements
        .filter(({ stage, status }) => stage === 'stable' && status === 'fail')
        .flatMap(judgement =>
          judgement.findings.map((finding): [string, Counted] => {
            const counted = { service, judgement, finding };
            return [keyOf(counted), counted];
          }),
        ),
    ),
  );
}

interface Told {
  readonly counted: Counted;
  readonly change: ChangedFinding;
}

function told(counted: Counted, key: string, other: Assessment): Told {
  const { service, judgement, finding } = counted;
  return {
    counted,
    change: {
      id: finding.id,
      service,
      control: judgement.control,
      severity: finding.severity,
      message: finding.message,
      at: finding.places[0]?.at,
      other: sayingOf(other, counted, key),
    },
  };
}

function sayingOf({ services }: Assessment, counted: Counted, key: string): OtherSide {
  const { service, judgement } = counted;
  const other = services
    .find(({ id }) => id === service)
    ?.judgements.find(({ control, stage }) => control === judgement.control && stage === 'stable');
  if (!other) return 'not asked';
  const isWaived = other.waived.some(({ finding }) => keyOf({ service, judgement: other, finding }) === key);
  if (isWaived) return 'accepted';
  return other.status === 'unknown' || other.status === 'not-applicable' ? other.status : 'not there';
}

interface Carried {
  readonly from: Told;
  readonly to: Told;
}

/** Pairs of what is gone and what is new and is one finding all the same: first by its lines, then by what is said. */
function carriedOver(lost: readonly Told[], found: readonly Told[]): readonly Carried[] {
  const hasLines = ({ change }: Told) => change.at !== undefined;
  const byLines = pairsBy(sameLines, lost.filter(hasLines), found.filter(hasLines));
  const isLeft = (each: Told) => !byLines.some(({ from, to }) => from === each || to === each);
  return [...byLines, ...pairsBy(sameWords, lost.filter(isLeft), found.filter(isLeft))];
}

function pairsBy(
  keyFor: (each: Told) => string,
  lost: readonly Told[],
  found: readonly Told[],
): readonly Carried[] {
  const isPlain = ({ change }: Told) => change.other === 'not there';
  const left = new Map<string, Told[]>();
  for (const each of found.filter(isPlain)) left.set(keyFor(each), [...(left.get(keyFor(each)) ?? []), each]);
  return lost.filter(isPlain).flatMap(from => {
    const to = left.get(keyFor(from))?.shift();
    return to ? [{ from, to }] : [];
  });
}

/** The same lines, in another file. */
const sameLines = ({ counted, change }: Told): string =>
  JSON.stringify([change.service, change.control, counted.finding.content]);

/** The same words about the same file, whose lines were changed without mending it; or about no file at all. */
const sameWords = ({ change }: Told): string =>
  JSON.stringify([change.service, change.control, change.at?.path, change.message]);

function movedOf({
  one,
  other,
}: {
  readonly one: Counted;
  readonly other: Counted;
}): readonly MovedFinding[] {
  const [before, after] = [one, other].map(({ finding }) => ({
    at: finding.places[0]?.at,
    severity: finding.severity,
  }));
  if (!before || !after || JSON.stringify(before) === JSON.stringify(after)) return [];
  return [
    {
      id: other.finding.id,
      service: other.service,
      control: other.judgement.control,
      message: other.finding.message,
      before,
      after,
    },
  ];
}
