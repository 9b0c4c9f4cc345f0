import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import {
  argumentAt,
  isNarrowing,
  nameIn,
  optionsOf,
  textIn,
  type Chain,
  type Link,
  type Query,
  type Selected,
} from './query.ts';

const FINDS: Readonly<Record<string, Query['gives']>> = {
  find: 'many',
  findOne: 'one',
  findById: 'one',
  findOneAndUpdate: 'one',
  findByIdAndUpdate: 'one',
  findOneAndDelete: 'one',
  findByIdAndDelete: 'one',
  findByIdAndRemove: 'one',
  create: 'one',
  paginate: 'many',
  countDocuments: 'number',
  count: 'number',
  exists: 'number',
  distinct: 'number',
  aggregate: 'number',
};
const PACKAGES = ['mongoose', '@nestjs/mongoose', 'mongodb', '@typegoose/typegoose'];

/** Models have names with a capital, collections are asked for by name. */
const isModel = (node: CodeView, { object, scope }: Link): boolean =>
  /^[A-Z]|[mM]odel$|[cC]ollection$/.test(nameIn(object)) ||
  /\.(model|collection)(\(\))?$|^mongoose\./.test(node.nameOf(object, scope)) ||
  (object.kind === 'call' && /^(collection|model)$/.test(nameIn(object.callee)));

function modelOf({ object, scope }: Link): string {
  if (object.kind === 'call') return textIn(argumentAt({ call: object, scope }, 0));
  return nameIn(object).replace(/(Model|Collection)$/, '');
}

/** `"name -password"`, `{ password: 0 }`, `["name"]` */
function chosen(node: CodeView, links: readonly Link[], find: Link): Selected {
  const select = links.find(({ name, call }) => /^(select|project)$/.test(name) && call);
  const said = select
    ? argumentAt(select, 0)
    : find.name.startsWith('find')
      ? argumentAt(find, 1)
      : undefined;
  if (!said) return { columns: undefined, leftOut: [], undecided: [], joined: [] };
  if (said.expression.kind === 'string') return bySigns(said.expression.value.split(/\s+/));
  if (said.expression.kind === 'collection')
    return bySigns(said.expression.items.flatMap(item => (item.kind === 'string' ? [item.value] : [])));
  const options = optionsOf(node, said);
  const nested = options.get('projection');
  const { keys, get } = nested ? optionsOf(node, nested) : options;
  return bySigns(
    keys.flatMap(key => {
      const value = get(key)?.expression;
      if (value?.kind !== 'constant') return [];
      return [value.value === 0 || value.value === false ? `-${key}` : key];
    }),
  );
}

function bySigns(words: readonly string[]): Selected {
  const leftOut = words.flatMap(word => (word.startsWith('-') ? [word.slice(1)] : []));
  const named = words.filter(word => /^\w/.test(word) && word !== '');
  // `+password` adds to what is there.
  const isAdding = words.some(word => word.startsWith('+'));
  return {
    columns: leftOut.length > 0 || isAdding || named.length === 0 ? undefined : named,
    leftOut,
    undecided: [],
    joined: [],
  };
}

/** Plugins for pages have a size of their own where the options say none. */
function pagedSize(node: CodeView, paged: Written | undefined): Query['size'] {
  if (!paged) return 'bounded';
  const options = optionsOf(node, paged);
  return options.get('limit') ?? (options.isRead ? 'bounded' : paged);
}

/** `User.find(filter).select("-password").limit(20)` */
export function mongooseQuery(node: CodeView, { links, call, scope }: Chain): Query | undefined {
  if (!node.imports(...PACKAGES)) return undefined;
  const find = links.find(link => link.call && link.name in FINDS && isModel(node, link));
  const gives = find && FINDS[find.name];
  const filter = find && argumentAt(find, 0);
  if (!find || !gives || filter?.expression.kind === 'function') return undefined;
  const limit = links.find(({ name, call: made }) => name === 'limit' && made);
  const paged = find.name === 'paginate' ? argumentAt(find, 1) : undefined;
  const isCounted = links.some(({ name }) => /^(countDocuments|count|distinct)$/.test(name));
  return {
    call,
    scope,
    gives: isCounted ? 'number' : gives,
    reads: !/^create$|Update$|Delete$|Remove$/.test(find.name),
    isWrapped: find.name === 'paginate',
    of: modelOf(find),
    size: limit ? argumentAt(limit, 0) : find.name === 'paginate' ? pagedSize(node, paged) : undefined,
    isNarrowed: links.some(({ name }) => /^(where|equals|in)$/.test(name)) || isNarrowing(node, filter),
    searched: [],
    ...chosen(node, links, find),
  };
}
