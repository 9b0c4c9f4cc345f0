import type { Route, Truth } from '../../model/index.ts';
import { isServed } from './health-probes.ts';

interface Row {
  readonly path: string;
  readonly line: number;
}

const METHOD = /^(GET|POST|PUT|PATCH|DELETE)\b\s*(\/\S*)?$/i;
const PATH = /^\/[\w./-]*$/;

/** The tables of a document whose rows name a method and a path: `| GET | /orders | … |`. */
function tablesOf(text: string): readonly (readonly Row[])[] {
  const tables: Row[][] = [[]];
  for (const [index, line] of text.split('\n').entries()) {
    if (!/^\s*\|/.test(line)) {
      if (tables.at(-1)?.length !== 0) tables.push([]);
      continue;
    }
    const cells = line.split('|').map(cell => cell.replaceAll('`', '').trim());
    const at = cells.findIndex(cell => METHOD.test(cell));
    const named = METHOD.exec(cells[at] ?? '')?.[2] ?? cells[at + 1] ?? '';
    const path = named.replace(/\?.*$/, '');
    if (at !== -1 && PATH.test(path)) tables.at(-1)?.push({ path, line: index + 1 });
  }
  return tables;
}

/** Routes that tables list. A table that lists mostly others speaks of another service. */
export function* listedRoutes(
  text: string,
  routes: readonly Route[],
): Generator<Row & { readonly exists: Truth }> {
  for (const table of tablesOf(text)) {
    const rows = table.map(row => ({ ...row, exists: isServed(routes, row.path) }));
    if (rows.filter(({ exists }) => exists === 'yes').length * 2 > rows.length) yield* rows;
  }
}
