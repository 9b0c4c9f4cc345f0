import type { CodeView } from '../../code/view.ts';
import { argumentAt, isNarrowing, searchedIn, textIn, type Chain, type Link, type Query } from './query.ts';

const BEGINS = /^(selectFrom|insertInto|updateTable|deleteFrom|replaceInto)$/;
const ENDS = /^execute(TakeFirst|TakeFirstOrThrow)?$/;

/** `db.selectFrom("orders").selectAll().limit(20).execute()` */
export function kyselyQuery(node: CodeView, { links, call, scope }: Chain): Query | undefined {
  const begin = links.find(({ name, call: made }) => BEGINS.test(name) && made);
  const end = links.at(-1);
  if (!begin || !end?.call || !ENDS.test(end.name) || !node.imports('kysely')) return undefined;
  const link = (pattern: RegExp): Link | undefined => links.find(({ name }) => pattern.test(name));
  const limit = link(/^limit$/);
  const reads = begin.name === 'selectFrom';
  const isAll = link(/^(selectAll|returningAll)$/) !== undefined;
  const columns = links
    .filter(({ name }) => /^(select|returning)$/.test(name))
    .flatMap(({ call: each, scope: around }) =>
      (each?.args ?? []).flatMap(({ value }) =>
        (value.kind === 'collection' ? value.items : [value]).map(item =>
          textIn({ expression: item, scope: around }).replace(/^.*\./, ''),
        ),
      ),
    );
  const hasRows = isAll || columns.length > 0;
  return {
    call,
    scope,
    gives: !hasRows || link(/^groupBy$/) ? 'number' : end.name === 'execute' ? 'many' : 'one',
    reads,
    isWrapped: false,
    of: textIn(argumentAt(begin, 0)).split(' ')[0] ?? '',
    size: limit && argumentAt(limit, 0),
    isNarrowed: links.some(
      each =>
        each.name === 'where' &&
        (each.call?.args ?? []).some((_, index) => isNarrowing(node, argumentAt(each, index))),
    ),
    columns: isAll ? undefined : columns,
    leftOut: [],
    undecided: [],
    joined: [],
    searched: searchedIn(node, links, /^where$/),
  };
}
