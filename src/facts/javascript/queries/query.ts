import type { Call, Expression, Statement } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import { functionAround } from '../../code/at-start.ts';
import type { Scope } from '../../code/scopes.ts';
import { chainOf, type Step } from '../../code/steps.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';

/** A question to a database, as an expression writes it. */
export interface Query {
  readonly call: Call;
  readonly scope: Scope;
  /** `wrapped`: the rows are a member or the first of a pair, as drivers hand them out. */
  readonly gives: 'many' | 'one' | 'number';
  readonly reads: boolean;
  readonly isWrapped: boolean;
  /** The table, model or collection, as it is called there; empty when it cannot be told. */
  readonly of: string;
  /** How many rows at most: `bounded` by a number in the text, or by what stands there. */
  readonly size: Written | 'bounded' | undefined;
  /** A condition that is known at run time only. */
  readonly isNarrowed: boolean;
  /** `undefined` for all of them. */
  readonly columns: readonly string[] | undefined;
  readonly leftOut: readonly string[];
  /** Members that go out or not as something else decides: `password: withPassword`. */
  readonly undecided: readonly string[];
  /** Columns that it searches by. */
  readonly searched: readonly string[];
  /** Rows of other tables that come with each of its rows. */
  readonly joined: readonly Joined[];
}

/** What of a table is handed out. */
export type Selected = Pick<Query, 'columns' | 'leftOut' | 'undecided' | 'joined'>;

/** Rows of another table, as a member of those that are asked for: `include: { author: true }`. */
export interface Joined extends Selected {
  readonly member: string;
}

export interface Link extends Step {
  readonly scope: Scope;
}

/** A row of calls and members, over names that hold its beginning. */
export interface Chain {
  readonly root: Written;
  readonly links: readonly Link[];
  /** The call that stands last. */
  readonly call: Call;
  readonly scope: Scope;
  /** What a name stands for that the caller of the function around gives. */
  readonly given: (written: Written) => Written;
}

export type QueryReader = (node: CodeView, chain: Chain) => Query | undefined;

/** A name is followed to what it was given, and that to the next, so many times. */
const DEEPEST = 4;

export function chainAt(
  node: CodeView,
  call: Call,
  scope: Scope,
  given: Chain['given'] = written => written,
): Chain {
  const { root, links } = linksOf(node, call, scope, 0);
  return { root, links, call, scope, given };
}

function linksOf(
  node: CodeView,
  expression: Expression,
  scope: Scope,
  depth: number,
): Pick<Chain, 'root' | 'links'> {
  const { root, steps } = chainOf(expression);
  const own = steps.map(step => ({ ...step, scope }));
  if (root.kind !== 'name' || depth > DEEPEST) return { root: { expression: root, scope }, links: own };
  const before = heldBy(node, root.name, scope, root.start, depth);
  return before
    ? { root: before.root, links: [...before.links, ...own] }
    : { root: { expression: root, scope }, links: own };
}

/** `let query = knex("orders"); if (open) query = query.where(…); query.limit(10);`: all that is hung on it. */
function heldBy(
  node: CodeView,
  name: string,
  scope: Scope,
  at: number,
  depth: number,
): Pick<Chain, 'root' | 'links'> | undefined {
  const found = node.code.resolver.bindings(name, scope, at);
  const values = (found?.bindings ?? []).flatMap(each =>
    each.kind === 'value' && each.value.kind === 'call' ? [each.value] : [],
  );
  const [first, ...more] = values.toReversed();
  if (!found || !first || first.callee.kind === 'function') return undefined;
  const begun = linksOf(node, first, found.scope, depth + 1);
  const body = functionAround(scope)?.body ?? [];
  const later = [...more, ...hungOn(body, name)].flatMap(each =>
    chainOf(each).steps.map(step => ({ ...step, scope })),
  );
  return { root: begun.root, links: [...begun.links, ...later] };
}

/** `query.limit(10);` as a statement of its own. */
const hungOn = (body: readonly Statement[], name: string): readonly Expression[] =>
  [...statementsIn(body)].flatMap(statement => {
    if (statement.kind !== 'expression' || statement.value.kind !== 'call') return [];
    const { root } = chainOf(statement.value);
    return root.kind === 'name' && root.name === name ? [statement.value] : [];
  });

/** What an object says under its keys, over names and spreads. */
export interface Options {
  readonly isRead: boolean;
  readonly get: (key: string) => Written | undefined;
  readonly keys: readonly string[];
}

const NOTHING: Options = { isRead: false, get: () => undefined, keys: [] };

export function optionsOf(node: CodeView, { expression, scope }: Written, depth = 0): Options {
  const written = writtenAs(node, expression, scope);
  if (written.expression.kind !== 'dictionary' || depth > DEEPEST) return NOTHING;
  const entries = new Map<string, Written>();
  let isRead = true;
  for (const { key, value } of written.expression.entries) {
    if (key?.kind === 'string') entries.set(key.value, { expression: value, scope: written.scope });
    else if (key) isRead = false;
    else {
      const inner = optionsOf(node, { expression: value, scope: written.scope }, depth + 1);
      isRead &&= inner.isRead;
      for (const each of inner.keys) {
        const found = inner.get(each);
        if (found) entries.set(each, found);
      }
    }
  }
  return { isRead, get: key => entries.get(key), keys: [...entries.keys()] };
}

/** The n-th argument of a call. */
export const argumentAt = (
  { call, scope }: Pick<Link, 'call' | 'scope'>,
  index: number,
): Written | undefined => {
  const argument = call?.args[index];
  return argument && argument.spread === '' ? { expression: argument.value, scope } : undefined;
};

export const textIn = (written: Written | undefined): string =>
  written?.expression.kind === 'string' ? written.expression.value : '';

/** The texts of a list, or the one text. */
export function textsOf(written: Written | undefined): readonly string[] {
  if (!written) return [];
  const { expression, scope } = written;
  const items = expression.kind === 'collection' ? expression.items : [expression];
  return items.flatMap(item => textIn({ expression: item, scope }) || []);
}

export const nameIn = (expression: Expression | undefined): string =>
  expression?.kind === 'name' || expression?.kind === 'attribute' ? expression.name : '';

/** Names in conditions that are no values: libraries, operators, tables, columns. */
const NO_VALUE = /^(undefined|NaN|Infinity|Op|Sequelize|Date|true|false|null|this)$/;
const LIBRARIES = /^(drizzle-orm|sequelize|typeorm|knex|kysely|mongoose|mongodb|@prisma|@mikro-orm)\b/;

function holdsValue(node: CodeView, expression: Expression, scope: Scope): boolean {
  switch (expression.kind) {
    case 'name':
      return !NO_VALUE.test(expression.name) && !LIBRARIES.test(node.nameOf(expression, scope));
    case 'attribute':
      return holdsValue(node, expression.object, scope);
    case 'subscript':
      return holdsValue(node, expression.object, scope);
    case 'dictionary':
      return expression.entries.some(({ value }) => holdsValue(node, value, scope));
    case 'collection':
      return expression.items.some(item => holdsValue(node, item, scope));
    case 'call':
      return expression.args.some(({ value }) => holdsValue(node, value, scope));
    case 'constant':
    case 'string':
      return false;
    case 'unary':
      return holdsValue(node, expression.operand, scope);
    case 'template':
      return expression.parts.some(part => holdsValue(node, part, scope));
    default:
      return true;
  }
}

/**
 * Whether a condition bounds the rows by something that is known at run time. An object that begins empty and is
 * filled now and then bounds nothing for those who send nothing.
 */
export function isNarrowing(node: CodeView, condition: Written | undefined): boolean {
  if (!condition) return false;
  const written = writtenAs(node, condition.expression, condition.scope);
  if (written.expression.kind === 'constant') return false;
  return holdsValue(node, written.expression, written.scope);
}

/** The members of a condition that is written as an object: `{ where: { email } }`. */
export const searchedBy = (node: CodeView, condition: Written | undefined): readonly string[] =>
  condition ? optionsOf(node, condition).keys.filter(key => /^\w+$/.test(key)) : [];

/** `where("email", value)`, `where({ email })` among the links of a chain. */
export const searchedIn = (node: CodeView, links: readonly Link[], pattern: RegExp): readonly string[] =>
  links
    .filter(({ name, call }) => call && pattern.test(name))
    .flatMap(link => {
      const first = argumentAt(link, 0);
      const named = textIn(first).replace(/^.*\./, '');
      return /^\w+$/.test(named) ? [named] : searchedBy(node, first);
    });
