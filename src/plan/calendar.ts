/** Hours of a day in which a person works on the plan; the rest goes to talks, reviews and what comes up. docs/effort.md */
export const HOURS_A_DAY = 6;

export const QUARTERS_A_DAY = HOURS_A_DAY * 4;

const DAY = 86_400_000;

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Monday is 0. */
const weekday = (day: string): number => (new Date(at(day)).getUTCDay() + 6) % 7;

/** The day itself, or the Monday after a weekend. */
export function workingDay(day: string): string {
  const over = weekday(day);
  return over < 5 ? day : dayOf(at(day) + (7 - over) * DAY);
}

/** The working day that is so many working days after the first one. */
export function addWorkingDays(first: string, count: number): string {
  const start = workingDay(first);
  const from = weekday(start);
  const weeks = Math.floor((from + count) / 5);
  const days = (from + count) % 5;
  return dayOf(at(start) + (weeks * 7 + days - from) * DAY);
}

export const mondayOf = (day: string): string => dayOf(at(day) - weekday(day) * DAY);

/** The Monday that comes next. */
export const nextMonday = (day: string): string => dayOf(at(mondayOf(day)) + 7 * DAY);
