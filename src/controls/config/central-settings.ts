import type { EnvRead } from '../../model/index.ts';
import { defineControl, fail, followed, mostCertain, pass, place } from '../define.ts';

/** From this many reads on it matters where they stand. */
const FEW = 5;
const SHARE = 0.8;

/** A folder of settings counts as one module. */
const moduleOf = (path: string): string => /^(.*\/)?(settings|configs?|conf)(?=\/)/.exec(path)?.[0] ?? path;

function byModule(reads: readonly EnvRead[]): readonly (readonly [string, readonly EnvRead[]])[] {
  const modules = new Map<string, EnvRead[]>();
  for (const read of reads) {
    const list = modules.get(moduleOf(read.at.path));
    if (list) list.push(read);
    else modules.set(moduleOf(read.at.path), [read]);
  }
  return [...modules].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
}

export default defineControl({
  id: 'config/central-settings',
  title: 'The environment is read in one or two modules',
  severity: 'medium',
  stage: 'stable',
  asks: 'Counts where reachable code reads environment variables: at least four fifths of the reads must stand in one or two modules.',
  why: 'Settings that are read all over the code cannot be checked together, and nobody knows which ones there are.',
  remedy: 'Read every variable in one settings module, and let the others take the values from there.',
  sources: ['CATALOG config/central-settings', '12-factor III'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['envRead'],

  applies: ({ facts }) => {
    const { length } = mostCertain(facts.all('envRead'));
    return length > FEW || `it reads ${length} environment variables, too few to matter`;
  },

  judge: ({ facts }) => {
    const reads = mostCertain(facts.all('envRead'));
    const modules = byModule(reads);
    const best = modules.slice(0, 2);
    const [first] = best[0]?.[1] ?? [];
    const central = best.reduce((sum, [, list]) => sum + list.length, 0);
    const names = best.map(([name]) => name).join(' and ');
    if (central / reads.length >= SHARE && first)
      return pass([place(first.at, `${central} of ${reads.length} reads stand in ${names}`)]);
    const scattered = modules.slice(2).flatMap(([, list]) => list.slice(0, 1));
    return fail(
      scattered.slice(0, 1).map(read =>
        followed(
          place(
            read.at,
            `${reads.length} reads stand in ${modules.length} modules; the best two, ${names}, hold ${central}`,
          ),
          scattered.slice(1).map(({ at, term }) => ({ at, says: `reads ${term.name}` })),
        ),
      ),
    );
  },
});
