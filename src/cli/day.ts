import { InvalidArgumentError, Option } from 'commander';

/** A day of the calendar, as `2027-01-31`. */
export function dayIn(text: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('Give a day as 2027-01-31.');
  return text;
}

/** The day on which dates are judged, for results that do not change overnight. */
export const todayOption = (): Option =>
  new Option('--today <day>', 'judge dates as of this day, as 2027-01-31 (default: today)').argParser(dayIn);
