import { below, entriesOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import type { NodePackage } from './packages.ts';

/** Conditions of `exports` that lead to the source, to what Node runs, and to anything else, in this order. */
const CONDITIONS = [
  'source',
  'development',
  'types',
  'node',
  'import',
  'module',
  'require',
  'default',
  'bun',
  'worker',
];

/** Every file that an entry names, whatever the condition. */
function targetsOf(tree: Tree | undefined, depth = 0): readonly string[] {
  if (!tree || depth > 6) return [];
  const text = textOf(tree);
  if (text !== undefined) return [text];
  const items = itemsOf(tree);
  if (items.length > 0) return items.flatMap(item => targetsOf(item, depth + 1));
  const entries = entriesOf(tree);
  const wanted = CONDITIONS.flatMap(name => entries.filter(({ key }) => key === name));
  return wanted.flatMap(({ value }) => targetsOf(value, depth + 1));
}

/** What a table of `exports` or `imports` says of a name; `*` stands for any part. */
function inTable(table: Tree | undefined, name: string): readonly string[] {
  for (const { key, value } of entriesOf(table)) {
    if (key === name) return targetsOf(value);
    const star = key.indexOf('*');
    if (star === -1) continue;
    const [before, after] = [key.slice(0, star), key.slice(star + 1)];
    if (!name.startsWith(before) || !name.endsWith(after) || name.length < before.length + after.length)
      continue;
    const middle = name.slice(before.length, name.length - after.length);
    return targetsOf(value).map(target => target.replaceAll('*', middle));
  }
  return [];
}

/** A build wrote it; the source lies beside it: `dist/index.d.ts` is made of `src/index.ts`. */
const OUTPUT = /^(\.\/)?(dist|build|lib|out|esm|cjs|types)\/((esm|cjs|types|src|node)\/)?/;
const withSources = (path: string): readonly string[] => {
  const plain = path.replace(/^\.\//, '').replace(/\.d\.([cm]?)ts$/, '.$1js');
  const bare = plain.replace(/\.[cm]?jsx?$/, '');
  return OUTPUT.test(plain) ? [plain, bare.replace(OUTPUT, 'src/'), bare.replace(OUTPUT, '')] : [plain];
};

/** The files that stand behind a package, or behind a name below it, from the package's folder. */
export function entriesOfPackage({ tree, main }: NodePackage, rest: string): readonly string[] {
  const table = below(tree, 'exports');
  const hasNames = entriesOf(table).some(({ key }) => key.startsWith('.'));
  const named = hasNames
    ? inTable(table, rest === '' ? '.' : `./${rest}`)
    : rest === ''
      ? targetsOf(table)
      : [];
  const mains =
    rest === ''
      ? ['source', 'module', 'types', 'typings'].flatMap(key => textOf(below(tree, key)) ?? [])
      : [];
  const usual = rest === '' ? ['src/index', 'index', 'src/main'] : [rest, `src/${rest}`];
  return [
    ...new Set([
      ...[...named, ...mains, ...(rest === '' && main !== '' ? [main] : [])].flatMap(withSources),
      ...usual,
    ]),
  ];
}

/** What `imports` of a package.json makes of `#name`. */
export const importsOfPackage = ({ tree }: NodePackage, name: string): readonly string[] =>
  inTable(below(tree, 'imports'), name).flatMap(withSources);
