import { expressionsIn } from '../../../read/walk.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { argumentAt, isNarrowing, nameIn, optionsOf, type Chain, type Link, type Query } from './query.ts';

/** `eq(users.email, email)` */
const comparedIn = (condition: Written | undefined): readonly string[] =>
  (condition ? expressionsIn(condition.expression) : []).flatMap(each => {
    const first = each.kind === 'call' && nameIn(each.callee) === 'eq' ? each.args[0]?.value : undefined;
    return first?.kind === 'attribute' ? [first.name] : [];
  });

const CHANGES = /^(insert|update|delete)$/;

/** `db.query.users.findMany({ limit: 20 })` */
function relational(node: CodeView, { links, call, scope }: Chain): Query | undefined {
  const [query, table, find] = links.slice(-3);
  if (query?.name !== 'query' || query.call || !table || table.call || !find?.call) return undefined;
  if (!/^find(Many|First)$/.test(find.name)) return undefined;
  const argument = argumentAt(find, 0);
  const options = argument && optionsOf(node, argument);
  const columns = options?.get('columns');
  const chosen = columns && optionsOf(node, columns);
  const isFalse = (key: string): boolean => {
    const value = chosen?.get(key)?.expression;
    return value?.kind === 'constant' && value.value === false;
  };
  const leftOut = chosen?.keys.filter(isFalse) ?? [];
  return {
    call,
    scope,
    gives: find.name === 'findMany' ? 'many' : 'one',
    reads: true,
    isWrapped: false,
    of: table.name,
    size: options?.get('limit'),
    isNarrowed: (argument !== undefined && !options?.isRead) || isNarrowing(node, options?.get('where')),
    columns: chosen && leftOut.length === 0 ? chosen.keys : undefined,
    leftOut,
    undecided: [],
    joined: [],
    searched: comparedIn(options?.get('where')),
  };
}

/** `db.select().from(users).where(…).limit(20)`, `db.insert(users).values(…).returning()` */
function built(node: CodeView, { links, call, scope }: Chain): Query | undefined {
  const from = links.find(({ name, call: made }) => name === 'from' && made);
  const select = links.find(({ name }) => /^select(Distinct)?$/.test(name));
  const change = links.find(({ name, call: made }) => CHANGES.test(name) && made?.args.length === 1);
  const start = from && select ? from : change;
  const table = start && argumentAt(start, 0);
  if (!start || !table || !/^drizzle-orm\b/.test(node.nameOf(table.expression, table.scope)))
    return undefined;
  const link = (name: string): Link | undefined => links.find(each => each.name === name && each.call);
  const returning = link('returning');
  const size = link('limit');
  const where = link('where');
  const listed = select ? argumentAt(select, 0) : returning && argumentAt(returning, 0);
  return {
    call,
    scope,
    gives: select ? (link('groupBy') ? 'number' : 'many') : returning ? 'many' : 'number',
    reads: select !== undefined,
    isWrapped: false,
    of: nameIn(table.expression),
    size: size && argumentAt(size, 0),
    isNarrowed: where !== undefined && isNarrowing(node, argumentAt(where, 0)),
    columns: listed ? optionsOf(node, listed).keys : undefined,
    leftOut: [],
    undecided: [],
    joined: [],
    searched: where ? comparedIn(argumentAt(where, 0)) : [],
  };
}

export const drizzleQuery = (node: CodeView, chain: Chain): Query | undefined =>
  node.imports('drizzle-orm') ? (relational(node, chain) ?? built(node, chain)) : undefined;
