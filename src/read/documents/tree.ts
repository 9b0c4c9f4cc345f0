import type { Location } from '../../model/index.ts';

export type Scalar = string | number | boolean | null;

/** What YAML, JSON and TOML have in common: values with places. Aliases and merge keys are resolved. */
export type Tree =
  /** `text` is the value as written, without quotes: `1.10` stays `1.10`. */
  | {
      readonly kind: 'scalar';
      readonly value: Scalar;
      readonly text: string;
      readonly tag: string;
      readonly at: Location;
    }
  /** Text with expressions of a template language in it: `{{ .Values.image }}:1`. */
  | { readonly kind: 'template'; readonly text: string; readonly at: Location }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly tag: string; readonly at: Location }
  /** `open`: a template adds entries that cannot be read. */
  | {
      readonly kind: 'map';
      readonly entries: readonly Entry[];
      readonly open: boolean;
      readonly tag: string;
      readonly at: Location;
    };

export interface Entry {
  readonly key: string;
  /** The lines of the key and its value. */
  readonly at: Location;
  readonly keyAt: Location;
  readonly value: Tree;
}

export type MapTree = Extract<Tree, { kind: 'map' }>;

export const entriesOf = (tree: Tree | undefined): readonly Entry[] =>
  tree?.kind === 'map' ? tree.entries : [];

export const itemsOf = (tree: Tree | undefined): readonly Tree[] => (tree?.kind === 'list' ? tree.items : []);

/** The entry of this key; the last one, where a key stands twice. */
export const entryOf = (tree: Tree | undefined, key: string): Entry | undefined =>
  entriesOf(tree).findLast(entry => entry.key === key);

/** The value below a path of keys. */
export function below(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  let found = tree;
  for (const key of keys) found = entryOf(found, key)?.value;
  return found;
}

/** The text of a scalar (numbers and truths as written) or template; `undefined` for everything else and for null. */
export function textOf(tree: Tree | undefined): string | undefined {
  if (tree?.kind === 'template') return tree.text;
  return tree?.kind === 'scalar' && tree.value !== null ? tree.text : undefined;
}

/** Texts of a list, or of a single scalar that stands for a list of one. */
export function textsOf(tree: Tree | undefined): readonly string[] {
  const text = textOf(tree);
  return text === undefined ? itemsOf(tree).flatMap(item => textOf(item) ?? []) : [text];
}

export const isTrue = (tree: Tree | undefined): boolean =>
  tree?.kind === 'scalar' && (tree.value === true || /^(true|yes|on)$/i.test(tree.text));
