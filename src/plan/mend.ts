import type { Assessment, AssessedFinding, ControlId, Item, Judgement, Tier } from '../model/index.ts';
import {
  itemFinding,
  NOTHING_BEFORE,
  rankOfTier,
  slugs,
  tierOf,
  withEffort,
  worstOf,
  type Draft,
} from './draft.ts';
import { effortOf } from './effort.ts';
import { roomOf, WORK_IDS, WORKS, type Room, type WorkId } from './works/index.ts';

/** A finding, the control it is of, and the services that share it; none where it concerns the repository. */
interface Shared {
  readonly judgement: Judgement;
  readonly finding: AssessedFinding;
  readonly room: Room;
  readonly services: readonly string[];
}

interface Group {
  readonly work: WorkId;
  readonly tier: Tier;
  readonly services: readonly string[];
  readonly found: readonly Shared[];
}

/**
 * What was found, as pieces of work: findings with one cause are one piece for each service, or one for those
 * services that share them. What is more urgent is a piece of its own.
 * @param counts whether a control asks for work
 */
export function piecesToMend(
  assessment: Assessment,
  counts: (control: ControlId) => boolean,
): readonly Draft[] {
  const names = slugs(assessment.services.map(({ id }) => id));
  const several = assessment.services.length > 1;
  const groups = groupsOf(sharedFindings(assessment, counts));
  return groups.map(({ work, tier, services, found }): Draft => {
    const { title, phase, skill } = WORKS[work];
    const of = several && services.length > 0 ? ` (${services.join(', ')})` : '';
    const before = groups.filter(
      each => each.work === work && sameServices(each, services) && rankOfTier(each.tier) < rankOfTier(tier),
    ).length;
    return withEffort({
      id: [work, namesOf(services, names, assessment), tier].filter(part => part !== '').join('.'),
      kind: 'mend',
      title: `${title}${of}${before > 0 ? `, part ${before + 1}` : ''}`,
      phase,
      tier,
      services,
      skill,
      items: itemsOf(found),
      work,
      own: NOTHING_BEFORE,
    });
  });
}

const sameServices = ({ services }: Group, others: readonly string[]): boolean =>
  services.join('\n') === others.join('\n');

/** For the id of a piece. Many services are told apart by the first of them, and by how many there are. */
function namesOf(
  services: readonly string[],
  names: ReadonlyMap<string, string>,
  { services: all }: Assessment,
): string {
  if (services.length > 1 && services.length === all.length) return 'all';
  const slugsOf = services.map(service => names.get(service) ?? 'service');
  return slugsOf.length > 3 ? `${slugsOf[0] ?? ''}+${slugsOf.length - 1}` : slugsOf.join('+');
}

/**
 * Findings of stable controls. What several services have in one place, or for work that concerns the whole
 * repository in the same words, is one finding.
 */
function sharedFindings(assessment: Assessment, counts: (control: ControlId) => boolean): readonly Shared[] {
  const shared = new Map<string, Shared>();
  for (const { id: service, judgements } of assessment.services)
    for (const judgement of judgements) {
      if (judgement.status !== 'fail' || judgement.stage !== 'stable' || !counts(judgement.control)) continue;
      const room = roomOf(judgement.control);
      const forAll = room.work.scope === 'repository';
      const seen = new Map<string, number>();
      for (const finding of judgement.findings) {
        const words = JSON.stringify([
          judgement.control,
          finding.severity,
          finding.message,
          finding.places[0]?.at,
        ]);
        const nth = seen.get(words) ?? 0;
        seen.set(words, nth + 1);
        const key = `${forAll || finding.places.length > 0 ? '' : service}\n${nth}\n${words}`;
        const before = shared.get(key)?.services ?? [];
        shared.set(key, {
          judgement,
          finding: shared.get(key)?.finding ?? finding,
          room,
          services: forAll ? [] : [...before, service],
        });
      }
    }
  return [...shared.values()];
}

/** By work and tier; services that share a finding share the piece. */
function groupsOf(found: readonly Shared[]): readonly Group[] {
  const byWork = new Map<string, Shared[]>();
  for (const each of found) {
    const key = `${each.room.id} ${tierOf(each.finding.severity)}`;
    byWork.set(key, [...(byWork.get(key) ?? []), each]);
  }
  return [...byWork.values()]
    .flatMap(together)
    .sort(
      (a, b) =>
        WORK_IDS.indexOf(a.work) - WORK_IDS.indexOf(b.work) || rankOfTier(a.tier) - rankOfTier(b.tier),
    );
}

function together(found: readonly Shared[]): readonly Group[] {
  const groups: { services: string[]; found: Shared[] }[] = [];
  for (const each of found) {
    const joined = groups.filter(
      ({ services }) =>
        services.some(service => each.services.includes(service)) ||
        (services.length === 0 && each.services.length === 0),
    );
    const rest = groups.filter(group => !joined.includes(group));
    groups.splice(0, groups.length, ...rest, {
      services: [...new Set([...joined.flatMap(({ services }) => services), ...each.services])].sort(),
      found: [...joined.flatMap(group => group.found), each],
    });
  }
  return groups.flatMap(({ services, found: own }): Group[] => {
    const [first] = own;
    return first ? [{ work: first.room.id, tier: tierOf(first.finding.severity), services, found: own }] : [];
  });
}

/** One line for each control, in the order in which the work is done. */
function itemsOf(found: readonly Shared[]): readonly Item[] {
  const byControl = new Map<ControlId, Shared[]>();
  for (const each of found)
    byControl.set(each.judgement.control, [...(byControl.get(each.judgement.control) ?? []), each]);
  return [...byControl.values()]
    .flatMap(own => {
      const [first] = own;
      if (!first) return [];
      const { judgement, finding, room } = first;
      const item: Item = {
        control: judgement.control,
        title: judgement.title,
        severity: worstOf(own.map(each => each.finding.severity)),
        says: finding.remedy,
        effort: effortOf(room.effort, own.length),
        findings: own.map(each => itemFinding(each.finding)),
        steps: [],
      };
      return [{ item, rank: room.rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
