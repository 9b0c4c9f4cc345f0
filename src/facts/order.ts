import type { FactKind } from '../model/index.ts';
import type { Extractor } from './define.ts';

/** Extractors after those that produce what they read; ties in the order given. A circle is a mistake of ours. */
export function inOrder(extractors: readonly Extractor[]): readonly Extractor[] {
  const ordered: Extractor[] = [];
  let left = [...extractors];
  while (left.length > 0) {
    const pending = new Map<FactKind, number>();
    for (const extractor of left)
      for (const kind of extractor.produces) pending.set(kind, (pending.get(kind) ?? 0) + 1);
    const isReady = (extractor: Extractor) =>
      extractor.reads.every(kind => (pending.get(kind) ?? 0) <= (extractor.produces.includes(kind) ? 1 : 0));
    const ready = left.filter(isReady);
    if (ready.length === 0)
      throw new Error(`extractors wait for each other: ${left.map(({ id }) => id).join(', ')}`);
    ordered.push(...ready);
    left = left.filter(extractor => !ready.includes(extractor));
  }
  return ordered;
}
