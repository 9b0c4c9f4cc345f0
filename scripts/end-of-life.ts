import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

/**
 * Writes `src/facts/data/end-of-life.ts` out of a checkout of github.com/endoflife-date/endoflife.date:
 * `npx tsx scripts/end-of-life.ts <folder> <day of its last commit>`.
 */
const PRODUCTS: Readonly<Record<string, string>> = {
  python: 'python',
  node: 'nodejs',
  debian: 'debian',
  ubuntu: 'ubuntu',
  alpine: 'alpine-linux',
  amazonlinux: 'amazon-linux',
  centos: 'centos',
  'centos-stream': 'centos-stream',
  rockylinux: 'rocky-linux',
  almalinux: 'almalinux',
  fedora: 'fedora',
  oraclelinux: 'oracle-linux',
  rhel: 'rhel',
};

/** Debian's long term support is free and reaches everybody; what Ubuntu and Red Hat offer later is paid for. */
const FREE_EXTENSION = new Set(['debian']);

interface Release {
  readonly releaseCycle: string | number;
  readonly codename?: string;
  readonly eol: unknown;
  readonly eoes?: unknown;
}

const [folder = '', day = ''] = process.argv.slice(2);
if (folder === '' || !/^\d{4}-\d\d-\d\d$/.test(day))
  throw new Error('give the folder of the checkout and the day of its last commit');

const dayOf = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : '';
};

function lineOf(product: string, { releaseCycle, codename = '', eol, eoes }: Release): string {
  const end = (FREE_EXTENSION.has(product) && dayOf(eoes)) || dayOf(eol);
  const name = /^[A-Z]?[a-z]+\b/.exec(codename)?.[0].toLowerCase() ?? '';
  return `    ['${releaseCycle}', '${end}', '${name}'],`;
}

const tables = Object.entries(PRODUCTS).map(([product, page]) => {
  const text = readFileSync(`${folder}/products/${page}.md`, 'utf8');
  const head = text.split(/^---$/m)[1] ?? '';
  const { releases } = parse(head) as { readonly releases: readonly Release[] };
  return [
    `  ${/\W/.test(product) ? `'${product}'` : product}: [`,
    ...releases.map(each => lineOf(product, each)),
    '  ],',
  ].join('\n');
});

writeFileSync(
  'src/facts/data/end-of-life.ts',
  `// Written by scripts/end-of-life.ts. Do not edit.
// From endoflife.date (https://endoflife.date, MIT licence, copyright its contributors).

/** The day of the data. */
export const END_OF_LIFE_DATE = '${day}';

/** Releases of runtimes and systems: version, the last day with corrections (empty: none is set), code name. */
export const END_OF_LIFE: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
${tables.join('\n')}
};
`,
);
