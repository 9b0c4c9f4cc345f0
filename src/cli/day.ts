import { InvalidArgumentError, Option } from 'commander';

/** A day of the calendar, as `2027-01-31`; `undefined` for what is none. */
export function dayOf(text: string): string | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  const isDay = day && !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
  return isDay ? text : undefined;
}

export function dayIn(text: string): string {
  const day = dayOf(text);
  if (day === undefined) throw new InvalidArgumentError('Give a day as 2027-01-31.');
  return day;
}

/** The day of the run, by the calendar of UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** The day on which dates are judged, for results that do not change overnight. */
export const todayOption = (): Option =>
  new Option('--today <day>', 'judge dates as of this day, as 2027-01-31 (default: today)').argParser(dayIn);
