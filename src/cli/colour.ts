import { isatty } from 'node:tty';

/** NO_COLOR and FORCE_COLOR as agreed between tools (no-color.org). */
export function hasColour(): boolean {
  if (process.env['NO_COLOR']) return false;
  const forced = process.env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isatty(process.stdout.fd);
}
