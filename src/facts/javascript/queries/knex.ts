import type { CodeView } from '../../code/view.ts';
import { argumentAt, isNarrowing, searchedIn, textIn, type Chain, type Link, type Query } from './query.ts';

const NARROWS = /^(where|andWhere|whereIn|whereRaw|whereBetween|whereLike|whereILike|having)$/;
const CHANGES = /^(insert|update|del|delete|increment|decrement)$/;
const COUNTS = /^(count|countDistinct|sum|avg|min|max|groupBy)$/;

/** The name of a table where a row of Knex begins: `knex("orders")`, `db.select("id").from("orders")`. */
function tableOf(node: CodeView, { root, links, call }: Chain): string | undefined {
  const made = root.expression.kind === 'call' ? root.expression : links.length === 0 ? call : undefined;
  if (made && /^knex\(\)$/.test(node.nameOf(made.callee, root.scope)))
    return textIn(argumentAt({ call: made, scope: root.scope }, 0));
  const from = links.find(({ name, call: each }) => /^(from|table|into)$/.test(name) && each);
  return from && /^knex\(\)/.test(node.nameOf(from.object, from.scope))
    ? textIn(argumentAt(from, 0))
    : undefined;
}

const narrows = (node: CodeView, link: Link): boolean =>
  (link.call?.args ?? []).some((_, index) => isNarrowing(node, argumentAt(link, index)));

/** `knex("orders").where({ shop }).limit(20)` */
export function knexQuery(node: CodeView, chain: Chain): Query | undefined {
  const { links, call, scope } = chain;
  const table = node.imports('knex', 'objection') ? tableOf(node, chain) : undefined;
  if (table === undefined) return undefined;
  const link = (pattern: RegExp): Link | undefined => links.find(({ name }) => pattern.test(name));
  const changes = link(CHANGES);
  const returning = link(/^returning$/);
  const limit = link(/^limit$/);
  const columns = links
    .filter(({ name }) => /^(select|column|columns|returning|first|pluck)$/.test(name))
    .flatMap(({ call: each, scope: around }) =>
      (each?.args ?? []).flatMap(({ value }) =>
        (value.kind === 'collection' ? value.items : [value]).map(item =>
          textIn({ expression: item, scope: around }).replace(/^.*\./, ''),
        ),
      ),
    );
  return {
    call,
    scope,
    gives: link(COUNTS) ? 'number' : link(/^first$/) ? 'one' : changes && !returning ? 'number' : 'many',
    reads: !changes,
    isWrapped: false,
    of: table,
    size: limit && argumentAt(limit, 0),
    isNarrowed: links.some(each => NARROWS.test(each.name) && narrows(node, each)),
    columns: columns.length === 0 || columns.includes('*') ? undefined : columns,
    leftOut: [],
    undecided: [],
    joined: [],
    searched: searchedIn(node, links, /^(where|andWhere)$/),
  };
}
