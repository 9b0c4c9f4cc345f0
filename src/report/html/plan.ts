import type { Piece, Plan, Readiness, Tier, TierTotal } from '../../model/index.ts';
import { groupBy } from '../words.ts';
import { groupId } from './findings.ts';
import type { PageItem, PagePhase, PagePiece, PagePlan, PageTier } from './model.ts';

const TIER: Readonly<Record<Tier, string>> = { minimum: 'Minimum', recommended: 'Recommended', full: 'Full' };
const HOLDS: Readonly<Record<Tier, string>> = {
  minimum: 'what is critical',
  recommended: 'what is critical or high',
  full: 'everything',
};

/** The work between a service and production; `groups`: the entries that stand on the page. */
export function pagePlan(
  { asked, tiers, phases, pieces }: Plan,
  groups: ReadonlySet<string>,
  readinessWords: (readiness: Readiness) => string,
): PagePlan {
  const known = new Map(pieces.map(piece => [piece.id, piece]));
  const titleOf = (id: string): string => known.get(id)?.title ?? id;
  return {
    team: asked.team,
    start: asked.start,
    tiers: tiers.filter(tier => tier.pieces > 0).map(tier => tierOf(tier, readinessWords(tier.reaches))),
    phases: phases.map(({ id, title, why, effort, pieces: own }): PagePhase => ({
      id,
      title,
      why,
      effort,
      pieces: own.flatMap(each => {
        const piece = known.get(each);
        return piece ? [pieceOf(piece, titleOf, groups)] : [];
      }),
    })),
    from: pieces.reduce((first, { start }) => (start < first ? start : first), asked.start),
    to: pieces.reduce((last, { end }) => (end > last ? end : last), asked.start),
  };
}

const tierOf = ({ tier, pieces, effort, ends }: TierTotal, reaches: string): PageTier => ({
  name: TIER[tier],
  holds: HOLDS[tier],
  pieces,
  effort,
  ends: ends.likely,
  reaches,
});

const pieceOf = (
  { id, title, severity, services, effort, start, end, person, items, after }: Piece,
  titleOf: (id: string) => string,
  groups: ReadonlySet<string>,
): PagePiece => ({
  id,
  title,
  severity,
  services,
  effort,
  start,
  end,
  person,
  items: groupBy(items, item => `${item.control}\n${item.title}`).flatMap(([, [first, ...others]]) =>
    first
      ? [
          itemOf(
            first,
            [first, ...others].reduce((sum, { findings }) => sum + findings.length, 0),
            groups,
          ),
        ]
      : [],
  ),
  after: after.map(({ piece, because }) => ({ where: '', says: `“${titleOf(piece)}”: ${because}` })),
});

function itemOf(
  { control, title, severity }: Piece['items'][number],
  places: number,
  groups: ReadonlySet<string>,
): PageItem {
  const group = groupId(control, severity);
  return { control, title, places, group: groups.has(group) ? group : '' };
}
