import type { Truth } from '../../model/index.ts';
import type { OsvAffected, OsvEvent } from './record.ts';
import type { Compare } from './versions.ts';

/**
 * Whether a version is affected: it is listed, or lies in one of the ranges ("Evaluation" in the OSV schema).
 * Unclear where a bound or the version itself is none that can be compared.
 */
export function isAffected(affected: OsvAffected, version: string, compare: Compare): Truth {
  const { versions, ranges } = affected;
  if (versions.some(each => each === version || compare(each, version) === 0)) return 'yes';
  const said = ranges
    .filter(({ type }) => type === 'ECOSYSTEM' || type === 'SEMVER')
    .map(({ events }) => isInside(events, version, compare, lastKnownOf(affected)));
  return said.includes('yes') ? 'yes' : said.includes('unclear') ? 'unclear' : 'no';
}

const versionOf = ({ introduced, fixed, last_affected, limit }: OsvEvent): string =>
  introduced ?? fixed ?? last_affected ?? limit ?? '';

/** At the same version what ends one stretch comes first, then what begins the next, then the last of it. */
const rankOf = ({ introduced, fixed }: OsvEvent): number =>
  fixed !== undefined ? 0 : introduced !== undefined ? 1 : 2;

function isInside(
  events: readonly OsvEvent[],
  version: string,
  compare: Compare,
  lastKnown: OsvEvent,
): Truth {
  const bounds = events.map(versionOf).filter(each => each !== '0' && each !== '*' && each !== '');
  if (bounds.some(each => compare(each, version) === undefined))
    return bounds.includes(version) ? 'yes' : 'unclear';
  if (bounds.length === 0 && compare(version, version) === undefined)
    return events.some(({ introduced }) => introduced === '0') ? 'yes' : 'no';
  const limits = events.flatMap(({ limit }) => limit ?? []);
  if (limits.length > 0 && !limits.some(limit => limit === '*' || order(version, limit, compare) < 0))
    return 'no';
  const isOpen = !events.some(({ fixed, last_affected }) => fixed ?? last_affected);
  let inside = false;
  for (const { introduced, fixed, last_affected } of sorted(
    isOpen ? [...events, lastKnown] : events,
    compare,
  )) {
    if (introduced !== undefined) inside ||= order(version, introduced, compare) >= 0;
    else if (fixed !== undefined) inside &&= order(version, fixed, compare) < 0;
    else if (last_affected !== undefined) inside &&= order(version, last_affected, compare) <= 0;
  }
  return inside ? 'yes' : 'no';
}

/** `0` comes before every version. */
const order = (left: string, right: string, compare: Compare): number =>
  left === right ? 0 : right === '0' ? 1 : left === '0' ? -1 : (compare(left, right) ?? 0);

const sorted = (events: readonly OsvEvent[], compare: Compare): readonly OsvEvent[] =>
  [...events].sort(
    (left, right) => order(versionOf(left), versionOf(right), compare) || rankOf(left) - rankOf(right),
  );

/** GitHub says the end of an open range beside it: `<= 29.0`, `< 2.1`. */
function lastKnownOf({ database_specific }: OsvAffected): OsvEvent {
  const [, sign, bound] = /^(<=?)\s*(\S+)$/.exec(database_specific.last_known_affected_version_range) ?? [];
  if (bound === undefined) return {};
  return sign === '<' ? { fixed: bound } : { last_affected: bound };
}
