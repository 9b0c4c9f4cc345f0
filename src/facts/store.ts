import type { Fact, FactKind, FactKinds, Facts, Gap } from '../model/index.ts';

/** The facts of one service while they are collected. */
export interface FactStore extends Facts {
  add(fact: Fact): void;
  addSearched(kind: FactKind, paths: readonly string[]): void;
  addGap(kind: FactKind, gap: Gap): void;
}

export function factStore(): FactStore {
  const found = new Map<FactKind, Fact[]>();
  /** The same list comes from many extractors: it is kept, not copied. */
  const searched = new Map<FactKind, Set<readonly string[]>>();
  const gaps = new Map<FactKind, Map<string, Gap>>();
  return {
    add(fact) {
      const list = found.get(fact.kind);
      if (list) list.push(fact);
      else found.set(fact.kind, [fact]);
    },
    addSearched(kind, paths) {
      const lists = searched.get(kind) ?? new Set();
      searched.set(kind, lists.add(paths));
    },
    addGap(kind, gap) {
      const map = gaps.get(kind) ?? new Map<string, Gap>();
      map.set(`${gap.path} ${gap.because}`, gap);
      gaps.set(kind, map);
    },
    all: <P extends FactKind>(kind: P) =>
      (found.get(kind) ?? []).filter((fact): fact is FactKinds[P] => fact.kind === kind),
    has: kind => (found.get(kind)?.length ?? 0) > 0,
    searched: kind => [...new Set([...(searched.get(kind) ?? [])].flat())],
    isRead: kind => searched.has(kind),
    gaps: kind => [...(gaps.get(kind)?.values() ?? [])],
  };
}
