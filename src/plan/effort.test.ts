import { describe, expect, test } from 'vitest';
import { addWorkingDays, mondayOf, nextMonday, workingDay } from './calendar.ts';
import { EFFORT, effortOf, weightOfPlaces, type EffortClass } from './effort.ts';
import { schedule, type Task } from './schedule.ts';

const classes = Object.keys(EFFORT) as EffortClass[];

describe('hours', () => {
  test.each([
    [1, 1],
    [2, 1.8],
    [4, 3.14],
    [10, 6.32],
    [50, 20.12],
  ])('%d places weigh %d', (places, weight) => {
    expect(weightOfPlaces(places)).toBeCloseTo(weight, 2);
  });

  test.each<[EffortClass, number, number, number]>([
    ['ask', 1, 0.25, 1],
    ['edit', 1, 0.25, 1],
    ['edit', 10, 1, 3],
    ['rework', 1, 1.5, 6],
    ['build', 1, 8.5, 32],
  ])('%s in %d places: %d to %d', (kind, places, low, high) => {
    expect(effortOf(kind, places)).toEqual({ low, high });
  });

  test.each(classes)('%s grows with its places, and slower than they do', kind => {
    for (let places = 1; places < 60; places++) {
      const [one, next] = [effortOf(kind, places), effortOf(kind, places + 1)];
      expect(next.low).toBeGreaterThanOrEqual(one.low);
      expect(next.high).toBeGreaterThanOrEqual(one.high);
      expect(one.low).toBeLessThan(one.high);
    }
    expect(effortOf(kind, 60).high).toBeLessThan(60 * effortOf(kind, 1).high);
  });

  test('no number of places takes for ever', () => {
    expect(effortOf('rework', 1_000_000)).toEqual(effortOf('rework', 1_000));
  });
});

describe('working days', () => {
  test.each([
    ['2026-11-23', 0, '2026-11-23'],
    ['2026-11-23', 4, '2026-11-27'],
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-11-21', 0, '2026-11-23'],
    ['2026-11-22', 1, '2026-11-24'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-10-23', 3, '2026-10-28'],
  ])('%s and %d more: %s', (from, count, day) => {
    expect(addWorkingDays(from, count)).toBe(day);
  });

  test.each([
    ['2026-11-21', '2026-11-23'],
    ['2026-11-23', '2026-11-30'],
    ['2026-12-31', '2027-01-04'],
  ])('after %s the next Monday is %s', (day, monday) => {
    expect(nextMonday(day)).toBe(monday);
    expect(workingDay(monday)).toBe(monday);
    expect(mondayOf(monday)).toBe(monday);
  });
});

describe('a schedule', () => {
  const task = (id: string, likely: number, after: readonly string[] = []): Task => ({
    id,
    tier: 0,
    takes: { early: likely, likely, late: likely },
    after,
  });

  // Graham 1969: with four people this list takes longer than with three.
  const anomaly = [
    task('T1', 3),
    task('T2', 2),
    task('T3', 2),
    task('T4', 2),
    task('T9', 9, ['T1']),
    task('T5', 4, ['T4']),
    task('T6', 4, ['T4']),
    task('T7', 4, ['T4']),
    task('T8', 4, ['T4']),
  ];

  test('never ends later with more people', () => {
    const ends = [1, 2, 3, 4, 5].map(people => schedule(anomaly, people).ends[0]?.likely ?? 0);
    expect([...ends].sort((a, b) => b - a)).toEqual(ends);
  });

  test('uses the time in which somebody waits', () => {
    const tasks = [task('long', 8), task('waits', 4, ['long']), task('short', 3)];
    expect(schedule(tasks, 2).slots.map(({ id, person, start }) => [id, person, start])).toEqual([
      ['long', 0, 0],
      ['waits', 0, 8],
      ['short', 1, 0],
    ]);
  });
});
