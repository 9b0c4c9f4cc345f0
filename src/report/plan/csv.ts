import type { Piece, Plan } from '../../model/index.ts';
import { csvTable } from '../machine/csv-table.ts';
import { placeOf } from './words.ts';

const COLUMNS: Readonly<Record<string, (piece: Piece) => string>> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  title: ({ title }) => title,
  phase: ({ phase }) => phase,
  tier: ({ tier }) => tier,
  severity: ({ severity }) => severity,
  services: ({ services }) => services.join('; '),
  skill: ({ skill }) => skill,
  hours_low: ({ effort }) => String(effort.low),
  hours_high: ({ effort }) => String(effort.high),
  person: ({ person }) => String(person),
  start: ({ start }) => start,
  end: ({ end }) => end,
  after: ({ after }) => after.map(({ piece }) => piece).join('; '),
  controls: ({ items }) => items.flatMap(({ control }) => control || []).join('; '),
  places: ({ items }) =>
    items.flatMap(({ findings }) => findings.flatMap(({ at }) => placeOf(at) || [])).join('; '),
  findings: ({ items }) => items.flatMap(({ findings }) => findings.map(({ id }) => id)).join('; '),
};

/** One row for each piece of work, in the order in which they are begun. */
export function planCsv({ pieces }: Plan): string {
  const columns = Object.entries(COLUMNS);
  return csvTable([
    columns.map(([name]) => name),
    ...pieces.map(piece => columns.map(([, of]) => of(piece))),
  ]);
}
