import type { Contradiction, Location, Place } from '../model/index.ts';
import type { Figure } from './numbers.ts';
import type { Standing } from './standing.ts';
import type { Understood } from './understand.ts';

/** What documents say, before anybody looks at the code. */
export interface Said {
  readonly at: Location;
  readonly text: string;
  readonly understood: Understood;
}

export interface SaidFigure {
  readonly at: Location;
  readonly text: string;
  readonly figure: Figure;
}

export interface SaidStanding {
  readonly at: Location;
  readonly standing: Standing;
}

function grouped<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [name, each] of entries) {
    const group = groups.get(name);
    if (group) group.push(each);
    else groups.set(name, [each]);
  }
  return groups;
}

const place = (at: Location, says: string): Place => ({ at, says });

/** A thing that is said to be there in one place and missing in another, both without reserve. */
export function opposites(said: readonly Said[]): readonly Contradiction[] {
  const byTopic = grouped(
    said.flatMap(each => each.understood.topics.map(({ name }) => [name, each] as const)),
  );
  return [...byTopic].flatMap(([name, all]): readonly Contradiction[] => {
    const there = all.find(({ understood }) => understood.says === 'there');
    const missing = all.find(
      ({ understood }) => understood.says !== 'there' && !understood.narrow && understood.topics.length === 1,
    );
    return there && missing
      ? [
          {
            says: `${name}: said to be there, and to be missing`,
            places: [place(there.at, there.text), place(missing.at, missing.text)],
          },
        ]
      : [];
  });
}

/** Two values of what can have one only. */
export function differingFigures(said: readonly SaidFigure[]): readonly Contradiction[] {
  const byName = grouped(
    said.filter(({ figure }) => figure.kind.single).map(each => [each.figure.kind.name, each] as const),
  );
  return [...byName].flatMap(([name, all]): readonly Contradiction[] => {
    const [first] = all;
    const other = all.find(({ figure }) => figure.value !== first?.figure.value);
    return first && other
      ? [
          {
            says: `${name}: two numbers, ${first.figure.text.trim()} and ${other.figure.text.trim()}`,
            places: [place(first.at, first.text), place(other.at, other.text)],
          },
        ]
      : [];
  });
}

/** Ready in one place, not ready in another. */
export function differingStandings(said: readonly SaidStanding[]): readonly Contradiction[] {
  const ready = said.find(({ standing }) => standing.says === 'ready');
  const not = said.find(({ standing }) => standing.says === 'not ready');
  return ready && not
    ? [
        {
          says: 'the whole is said to be ready, and not to be ready',
          places: [place(ready.at, ready.standing.text), place(not.at, not.standing.text)],
        },
      ]
    : [];
}
