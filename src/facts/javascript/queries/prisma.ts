import type { CodeView } from '../../code/view.ts';
import { isTrue } from '../models/model.ts';
import {
  argumentAt,
  isNarrowing,
  optionsOf,
  searchedBy,
  type Chain,
  type Joined,
  type Options,
  type Query,
  type Selected,
} from './query.ts';

const READS: Readonly<Record<string, Query['gives']>> = {
  findMany: 'many',
  findUnique: 'one',
  findUniqueOrThrow: 'one',
  findFirst: 'one',
  findFirstOrThrow: 'one',
  count: 'number',
  aggregate: 'number',
  groupBy: 'number',
};
const WRITES: Readonly<Record<string, Query['gives']>> = {
  create: 'one',
  update: 'one',
  upsert: 'one',
  delete: 'one',
  createManyAndReturn: 'many',
  updateManyAndReturn: 'many',
  createMany: 'number',
  updateMany: 'number',
  deleteMany: 'number',
};
/** Other things have methods of these names too. */
const COMMON = /^(count|create|update|delete|upsert|aggregate|groupBy)$/;
const CLIENT = /(prisma|^db|Db|^tx|^trx|client)$/i;

/** `prisma.user.findMany(…)` */
export function prismaQuery(node: CodeView, { links, call, scope }: Chain): Query | undefined {
  const last = links.at(-1);
  const gives = last && (READS[last.name] ?? WRITES[last.name]);
  if (!last?.call || !gives || last.object.kind !== 'attribute') return undefined;
  const { object: client, name: model } = last.object;
  const named = node.nameOf(client, last.scope);
  if (!named.startsWith('@prisma/client') && !isLikely(node, client, last.name)) return undefined;
  // `db.query.users.findMany(…)` is Drizzle's.
  const before = links.at(-3);
  if (before?.name === 'query' && !before.call) return undefined;
  const argument = argumentAt(last, 0);
  const options = argument ? optionsOf(node, argument) : undefined;
  const isOpen = argument !== undefined && options?.isRead === false;
  return {
    call,
    scope,
    gives,
    reads: last.name in READS,
    isWrapped: false,
    of: model,
    size: options?.get('take'),
    isNarrowed: isOpen || isNarrowing(node, options?.get('where')),
    searched: searchedBy(node, options?.get('where')),
    ...selected(node, options),
  };
}

function isLikely(node: CodeView, client: Chain['root']['expression'], method: string): boolean {
  const name = client.kind === 'name' || client.kind === 'attribute' ? client.name : '';
  return (
    (!COMMON.test(method) || CLIENT.test(name)) &&
    node.callsEnding('PrismaClient').length +
      node.classesNaming('PrismaClient').filter(extendsClient).length >
      0
  );
}

const extendsClient = ({ definition }: ReturnType<CodeView['classes']>[number]): boolean =>
  definition.bases.some(({ value }) => value.kind === 'name' && value.name === 'PrismaClient');

/**
 * `select: { id: true }`, `omit: { password: true }`. What a value decides that is not written there
 * (`password: includePassword`) is not said to go out.
 */
function selected(node: CodeView, options: Options | undefined): Selected {
  const chosen = (key: string): Options | undefined => {
    const written = options?.get(key);
    return written && optionsOf(node, written);
  };
  const valued = ({ keys, get }: Options, wanted: (value: unknown) => boolean): readonly string[] =>
    keys.filter(key => {
      const value = get(key)?.expression;
      return wanted(value?.kind === 'constant' ? value.value : value?.kind);
    });
  const said = (of: Options): readonly string[] => valued(of, value => value !== false);
  // An object below it selects further; a name or a condition decides at run time.
  const open = (of: Options): readonly string[] =>
    valued(of, value => typeof value === 'string' && value !== 'dictionary');
  const select = chosen('select');
  const omit = chosen('omit');
  return {
    columns: select ? said(select) : options?.get('select') ? [] : undefined,
    leftOut: omit ? said(omit) : [],
    undecided: select ? open(select) : [],
    joined: [select, chosen('include')].flatMap(each => (each ? joinedIn(node, each) : [])),
  };
}

/** `include: { author: true, likes: { select: { id: true } } }`: members that are no relation are told apart later. */
const joinedIn = (node: CodeView, { keys, get }: Options): readonly Joined[] =>
  keys.flatMap(member => {
    const value = get(member);
    if (!value) return [];
    if (isTrue(value)) return [{ member, columns: undefined, leftOut: [], undecided: [], joined: [] }];
    return value.expression.kind === 'dictionary'
      ? [{ member, ...selected(node, optionsOf(node, value)) }]
      : [];
  });
