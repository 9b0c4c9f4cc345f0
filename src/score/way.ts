import type { Place, PlaceRole } from '../model/index.ts';

/** From what a deployment sets to where it takes effect. */
const ORDER: readonly PlaceRole[] = [
  'pipeline',
  'platform',
  'manifest',
  'proxy',
  'compose',
  'environment',
  'image',
  'dependencies',
  'settings',
  'file',
  'code',
  'database',
  'document',
];

interface Told extends Place {
  readonly role: PlaceRole;
}

/**
 * The turn of each place in the way of a finding, from 1: from the file that deploys to the line where it takes
 * effect. Within a file by line; between files of one kind the way comes before the finding, which stands first in
 * the list. One line has one turn, whatever is said of it.
 */
export function turnsOf(places: readonly Told[]): readonly number[] {
  const [own, ...way] = places;
  if (!own) return [];
  const files = [...way, own].map(({ at }) => at.path);
  const sorted = [...places].sort(
    (a, b) =>
      ORDER.indexOf(a.role) - ORDER.indexOf(b.role) ||
      files.lastIndexOf(a.at.path) - files.lastIndexOf(b.at.path) ||
      a.at.startLine - b.at.startLine,
  );
  const lines = [...new Set(sorted.map(lineOfPlace))];
  return places.map(place => lines.indexOf(lineOfPlace(place)) + 1);
}

const lineOfPlace = ({ at }: Place): string => `${at.path}:${at.startLine}`;
