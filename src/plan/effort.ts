import type { Range } from '../model/index.ts';

/** What kind of work it is; docs/effort.md says why the hours are what they are. */
export type EffortClass =
  'ask' | 'edit' | 'rotate' | 'configure' | 'wire' | 'rework' | 'write' | 'build' | 'move';

/** Hours that come once, and hours for the first place; each further place takes less. */
interface Effort {
  readonly once: Range;
  readonly place: Range;
}

const range = (low: number, high: number): Range => ({ low, high });

export const EFFORT: Readonly<Record<EffortClass, Effort>> = {
  ask: { once: range(0.25, 1), place: range(0, 0) },
  edit: { once: range(0.25, 0.75), place: range(0.1, 0.35) },
  rotate: { once: range(1, 4), place: range(0.25, 1) },
  configure: { once: range(0.5, 2), place: range(0.25, 0.75) },
  wire: { once: range(1.5, 5), place: range(0.25, 0.75) },
  rework: { once: range(1, 4), place: range(0.5, 2) },
  write: { once: range(2, 6), place: range(0.5, 1) },
  build: { once: range(8, 30), place: range(0.5, 2) },
  move: { once: range(16, 60), place: range(1, 4) },
};

/** What every piece costs once: a branch, a review, a release. */
export const OVERHEAD: Range = { low: 0.5, high: 1.5 };

/** Each doubling of the places takes the time for one of them to four fifths (Wright 1936). */
const LEARNING = Math.log2(0.8);

/** What several places weigh, in first places: 1 for one, 3.1 for four, 20 for fifty. */
export function weightOfPlaces(count: number): number {
  let sum = 0;
  for (let nth = 1; nth <= Math.min(count, MOST_PLACES); nth++) sum += nth ** LEARNING;
  return sum;
}

/** Beyond, somebody writes a script. */
const MOST_PLACES = 1_000;

/** Hours for one control in so many places. */
export function effortOf(kind: EffortClass, places: number): Range {
  const { once, place } = EFFORT[kind];
  const weight = weightOfPlaces(places);
  return rounded({ low: once.low + place.low * weight, high: once.high + place.high * weight });
}

/** To quarters of an hour, never nothing. */
const rounded = ({ low, high }: Range): Range => {
  const quarters = (hours: number) => Math.max(1, Math.round(hours * 4)) / 4;
  return { low: quarters(low), high: quarters(high) };
};

export const sumOf = (ranges: readonly Range[]): Range =>
  ranges.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), { low: 0, high: 0 });

/** The middle of a range, in quarters of an hour. */
export const likelyQuarters = ({ low, high }: Range): number => Math.ceil((low + high) * 2);
