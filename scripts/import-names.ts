import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes `src/facts/data/import-names.ts` out of the mapping of github.com/bndr/pipreqs:
 * `npx tsx scripts/import-names.ts <pipreqs/mapping> <day of its last commit>`.
 */
const [file = '', day = ''] = process.argv.slice(2);
if (file === '' || !/^\d{4}-\d\d-\d\d$/.test(day))
  throw new Error('give the mapping and the day of its commit');

const normal = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');

const byName = new Map<string, Set<string>>();
for (const line of readFileSync(file, 'utf8').split('\n')) {
  const [name = '', distribution = ''] = line.trim().split(':');
  if (!/^[A-Za-z_]\w*$/.test(name) || distribution === '' || normal(distribution) === normal(name)) continue;
  byName.set(name, (byName.get(name) ?? new Set()).add(normal(distribution)));
}

const order = (left: string, right: string) => (left < right ? -1 : 1);
const groups = new Map<string, string[]>();
for (const [name, distributions] of [...byName].sort(([left], [right]) => order(left, right))) {
  const initial = name.slice(0, 1).toLowerCase();
  const entry = `${name}: ${[...distributions].sort(order).join(' ')}`;
  groups.set(initial, [...(groups.get(initial) ?? []), entry]);
}
const lines = [...groups.values()].map(entries => `  '${entries.join(', ')}',`);

writeFileSync(
  'src/facts/data/import-names.ts',
  `// Written by scripts/import-names.ts. Do not edit.
// From the mapping of pipreqs (https://github.com/bndr/pipreqs, Apache-2.0), of ${day}.

/** Top-level modules and the packages that hold them, where the names differ. */
export const IMPORT_NAMES: ReadonlyMap<string, readonly string[]> = new Map(
  [
${lines.join('\n')}
  ]
    .join(', ')
    .split(', ')
    .map(entry => entry.split(': '))
    .map(([name = '', distributions = '']) => [name, distributions.split(' ')]),
);
`,
);
