import type { AssessedFinding, ControlId, Item, Piece, Severity, Tier } from '../model/index.ts';
import { SEVERITIES, TIERS } from '../model/index.ts';
import { OVERHEAD, sumOf } from './effort.ts';
import type { WorkId } from './works/index.ts';

/** A piece of work before it has its place in order and calendar. */
export interface Draft extends Omit<Piece, 'after' | 'neededFor' | 'person' | 'start' | 'end'> {
  /** The work that it is a part of; `undefined` for questions and for what a target needs. */
  readonly work: WorkId | undefined;
  /** What comes before it beside what the graph says: works that ease it, controls that it cannot be done without. */
  readonly own: { readonly after: readonly WorkId[]; readonly needs: readonly ControlId[] };
}

export const NOTHING_BEFORE: Draft['own'] = { after: [], needs: [] };

export const tierOf = (severity: Severity): Tier =>
  severity === 'critical' ? 'minimum' : severity === 'high' ? 'recommended' : 'full';

export const rankOfTier = (tier: Tier): number => TIERS.indexOf(tier);

export const worstOf = (severities: readonly Severity[]): Severity =>
  SEVERITIES.find(severity => severities.includes(severity)) ?? 'low';

/** A piece of several items: their hours, and what comes once. */
export function withEffort(
  draft: Omit<Draft, 'effort' | 'overhead' | 'severity'>,
  overhead = OVERHEAD,
): Draft {
  return {
    ...draft,
    severity: worstOf(draft.items.map(({ severity }) => severity)),
    overhead,
    effort: sumOf([overhead, ...draft.items.map(({ effort }) => effort)]),
  };
}

export const itemFinding = ({ id, message, places }: AssessedFinding): Item['findings'][number] => ({
  id,
  message,
  at: places[0]?.at,
});

/** Short names of services for ids: letters, digits and dashes, and no two the same. */
export function slugs(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    names.map(name => {
      const clean = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      const base = clean.slice(0, 40).replace(/^-+|-+$/g, '') || 'service';
      let slug = base;
      for (let nth = 2; taken.has(slug); nth++) slug = `${base}-${nth}`;
      taken.add(slug);
      return [name, slug];
    }),
  );
}

export const categoryOf = (control: ControlId): string => control.slice(0, control.indexOf('/'));
