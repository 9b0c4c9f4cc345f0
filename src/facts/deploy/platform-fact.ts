import { byDefault, literal, type Location, type PlatformFile, type Term } from '../../model/index.ts';
import { below, entriesOf, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';

/** A platform file that says nothing yet; what a platform always does is put in by its reader. */
export const platformFact = (
  at: Location,
  platform: PlatformFile['platform'],
  rest: Partial<PlatformFile>,
): PlatformFile => ({
  kind: 'platformFile',
  at,
  path: at.path,
  platform,
  name: '',
  process: 'web',
  command: '',
  buildCommand: '',
  dockerfile: '',
  environment: {},
  references: [],
  port: byDefault(0),
  healthPath: '',
  healthAt: undefined,
  instances: byDefault(1),
  forcesHttps: byDefault(false),
  restart: '',
  user: '',
  runtime: '',
  resources: [],
  ...rest,
});

/** A table of variables: `NAME = "value"`. */
export const variablesIn = (table: Tree | undefined): Readonly<Record<string, Term>> =>
  Object.fromEntries(
    entriesOf(table).flatMap(({ key, value, at }) => {
      const text = textOf(value);
      return text === undefined ? [] : [[key, literal(text, at)] as const];
    }),
  );

/** A list of `{ key|name, value }`; those without a plain value are references. */
export function variableList(
  list: Tree | undefined,
  nameKey: string,
): { readonly environment: Readonly<Record<string, Term>>; readonly references: readonly string[] } {
  const pairs = itemsOf(list).map(item => ({
    name: textOf(below(item, nameKey)) ?? '',
    value: textOf(below(item, 'value')),
    at: item.at,
  }));
  return {
    environment: Object.fromEntries(
      pairs.flatMap(({ name, value, at }) =>
        value === undefined ? [] : [[name, literal(value, at)] as const],
      ),
    ),
    references: pairs.flatMap(({ name, value }) => (value === undefined && name !== '' ? name : [])),
  };
}

export const textAt = (tree: Tree | undefined, ...keys: readonly string[]): string =>
  textOf(below(tree, ...keys)) ?? '';

/** A list of words as one text that splits into the same words again. */
export const commandText = (words: readonly string[]): string =>
  words.map(word => (/[\s"'&|;<>()]/.test(word) ? `'${word.replaceAll("'", `'\\''`)}'` : word)).join(' ');
