import type { LockEntry } from './entry.ts';

/** Names of the packages that production needs, directly or through others; by name, so rather too many than too few. */
export function neededFrom(roots: readonly string[], entries: readonly LockEntry[]): ReadonlySet<string> {
  const needs = new Map<string, string[]>();
  for (const { calledAs, needs: own } of entries)
    needs.set(calledAs, [...(needs.get(calledAs) ?? []), ...own]);
  const needed = new Set<string>();
  const waiting = [...roots, ...entries.filter(({ isOwn }) => isOwn).flatMap(each => each.needs)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (needed.has(next)) continue;
    needed.add(next);
    waiting.push(...(needs.get(next) ?? []));
  }
  return needed;
}

/** Whether only development needs an entry: as the lock file says, else by what leads to it. */
export const isForDevelopment = (entry: LockEntry, needed: ReadonlySet<string>): boolean =>
  entry.use === 'unsaid' ? !needed.has(entry.calledAs) : entry.use === 'development';
