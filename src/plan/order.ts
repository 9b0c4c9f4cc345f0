import type { PhaseId, Piece } from '../model/index.ts';
import { rankOfTier, type Draft } from './draft.ts';
import { DEPENDENCIES } from './graph.ts';
import { rankOfPhase } from './phases.ts';
import { roomOf, WORK_IDS, type WorkId } from './works/index.ts';

/** A draft in its place: with what comes before it. */
export interface Ordered extends Draft {
  readonly after: Piece['after'];
  readonly neededFor: string;
}

interface Edge {
  readonly first: string;
  readonly then: string;
  readonly because: string;
}

/**
 * Brings pieces into an order that keeps every dependency: urgent ones first, then what somebody wants first, then
 * by phase. A piece that a more urgent one cannot do without becomes as urgent.
 */
export function inOrder(drafts: readonly Draft[], first: readonly PhaseId[]): readonly Ordered[] {
  const pulled = pullForward(drafts);
  const edges = edgesOf(pulled);
  const before = new Map<string, Edge[]>();
  for (const edge of edges) before.set(edge.then, [...(before.get(edge.then) ?? []), edge]);
  const wanted = withAllBefore(
    pulled.filter(({ phase }) => first.includes(phase)).map(({ id }) => id),
    before,
  );
  const keyOf = keysOf(pulled, wanted);
  const left = [...pulled].sort((a, b) => compareKeys(keyOf(a), keyOf(b)));
  const done = new Set<string>();
  const ordered: Ordered[] = [];
  while (left.length > 0) {
    const at = left.findIndex(({ id }) => (before.get(id) ?? []).every(edge => done.has(edge.first)));
    // There is no circle: the graph has none, and tiers only go forward.
    const [next] = left.splice(Math.max(0, at), 1);
    if (!next) break;
    done.add(next.id);
    const own = before.get(next.id) ?? [];
    ordered.push({
      ...next,
      after: own.map(edge => ({ piece: edge.first, because: edge.because })),
    });
  }
  return ordered;
}

const overlap = (left: Draft, right: Draft): boolean =>
  left.services.length === 0 ||
  right.services.length === 0 ||
  left.services.some(service => right.services.includes(service));

/** Pairs of pieces of which one cannot be done without the other. */
function needsOf(drafts: readonly Draft[]): readonly (readonly [Draft, Draft])[] {
  return drafts.flatMap(then => {
    const controls = [
      ...then.own.needs,
      ...DEPENDENCIES.flatMap(each =>
        each.kind === 'needs' && each.then === then.work ? [each.control] : [],
      ),
    ];
    return drafts
      .filter(first => first !== then && first.kind === 'mend' && overlap(first, then))
      .filter(first => first.items.some(({ control }) => control !== '' && controls.includes(control)))
      .map(first => [first, then] as const);
  });
}

function pullForward(drafts: readonly Draft[]): readonly (Draft & { readonly neededFor: string })[] {
  const tiers = new Map(drafts.map(({ id, tier }) => [id, tier]));
  const reasons = new Map<string, string>();
  const pairs = needsOf(drafts);
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const [first, then] of pairs) {
      const [own, wanted] = [tiers.get(first.id), tiers.get(then.id)];
      if (!own || !wanted || rankOfTier(own) <= rankOfTier(wanted)) continue;
      tiers.set(first.id, wanted);
      reasons.set(first.id, then.title);
      isChanged = true;
    }
  }
  return drafts.map(draft => ({
    ...draft,
    tier: tiers.get(draft.id) ?? draft.tier,
    neededFor: reasons.get(draft.id) ?? '',
  }));
}

/** All dependencies between these pieces; what is less urgent holds nothing up. */
function edgesOf(drafts: readonly Draft[]): readonly Edge[] {
  const byWork = groupByWork(drafts);
  const ofGraph = DEPENDENCIES.flatMap(({ first, then, because }) =>
    (byWork.get(first) ?? []).flatMap(one =>
      (byWork.get(then) ?? []).map(other => ({ one, other, because })),
    ),
  );
  const ofTarget = drafts.flatMap(other =>
    [...other.own.after, ...other.own.needs.map(control => roomOf(control).id)].flatMap(work =>
      (byWork.get(work) ?? []).map(one => ({ one, other, because: 'it is what is put there' })),
    ),
  );
  const ofParts = [...byWork.values()].flatMap(parts =>
    parts.flatMap(one =>
      parts
        .filter(other => partOf(one) < partOf(other))
        .map(other => ({ one, other, because: 'it is the first part of the same work' })),
    ),
  );
  return [...ofGraph, ...ofTarget, ...ofParts]
    .filter(({ one, other }) => overlap(one, other) && rankOfTier(one.tier) <= rankOfTier(other.tier))
    .map(({ one, other, because }): Edge => ({ first: one.id, then: other.id, because }))
    .filter(
      (edge, index, all) =>
        index === all.findIndex(each => each.first === edge.first && each.then === edge.then),
    );
}

/** The tier that it was found in: it stands at the end of the id, whatever pulled it forward. */
const partOf = ({ id }: Draft): number =>
  ['minimum', 'recommended', 'full'].indexOf(id.slice(id.lastIndexOf('.') + 1));

function groupByWork(drafts: readonly Draft[]): ReadonlyMap<WorkId, readonly Draft[]> {
  const groups = new Map<WorkId, Draft[]>();
  for (const draft of drafts)
    if (draft.work) groups.set(draft.work, [...(groups.get(draft.work) ?? []), draft]);
  return groups;
}

/** These pieces and all that have to be done before them. */
function withAllBefore(
  ids: readonly string[],
  before: ReadonlyMap<string, readonly Edge[]>,
): ReadonlySet<string> {
  const all = new Set(ids);
  for (const id of all) for (const { first } of before.get(id) ?? []) all.add(first);
  return all;
}

type Key = readonly (number | string)[];

const keysOf =
  (drafts: readonly Draft[], wanted: ReadonlySet<string>) =>
  (draft: Draft): Key => [
    rankOfTier(draft.tier),
    draft.kind === 'find-out' ? 0 : 1,
    wanted.has(draft.id) ? 0 : 1,
    rankOfPhase(draft.phase),
    draft.work ? WORK_IDS.indexOf(draft.work) : WORK_IDS.length,
    drafts.indexOf(draft),
  ];

function compareKeys(left: Key, right: Key): number {
  for (const [index, own] of left.entries()) {
    const other = right[index] ?? 0;
    if (own !== other) return own < other ? -1 : 1;
  }
  return 0;
}
