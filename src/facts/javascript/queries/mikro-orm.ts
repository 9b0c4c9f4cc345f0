import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { MIKRO_ORM } from '../models/mikro-orm.ts';
import {
  argumentAt,
  isNarrowing,
  nameIn,
  optionsOf,
  searchedBy,
  textsOf,
  type Chain,
  type Joined,
  type Link,
  type Query,
} from './query.ts';

const FINDS: Readonly<Record<string, Query['gives']>> = {
  find: 'many',
  findAll: 'many',
  findAndCount: 'many',
  findByCursor: 'many',
  findOne: 'one',
  findOneOrFail: 'one',
  count: 'number',
};
const ENDS: Readonly<Record<string, Query['gives']>> = {
  getResult: 'many',
  getResultList: 'many',
  getResultAndCount: 'many',
  execute: 'many',
  getSingleResult: 'one',
  getCount: 'number',
};

const HOLDERS = /(^em|entityManager|Em|repo|repository)$/i;

const isAsked = (node: CodeView, { object, scope }: Link): boolean =>
  node.nameOf(object, scope).startsWith('@mikro-orm/') || HOLDERS.test(nameIn(object));

const entityOf = ({ object }: Link): string => nameIn(object).replace(/(Repo|Repository)$/i, '');

/** `em.createQueryBuilder(Order).where(…).limit(20).getResult()` */
function built({ links, call, scope }: Chain, last: Link, node: CodeView): Query | undefined {
  const gives = ENDS[last.name];
  const begin = links.find(({ name, call: made }) => /^(createQueryBuilder|qb)$/.test(name) && made);
  if (!gives || !begin) return undefined;
  const size = links.find(({ name }) => name === 'limit');
  const select = links.find(({ name, call: made }) => name === 'select' && made);
  const chosen = textsOf(select && argumentAt(select, 0)).map(text => text.replace(/^.*\./, ''));
  const named = argumentAt(begin, 0)?.expression;
  return {
    call,
    scope,
    gives,
    reads: !links.some(({ name }) => /^(insert|update|delete|upsert|truncate)$/.test(name)),
    isWrapped: last.name === 'getResultAndCount',
    of: /^[A-Z]/.test(nameIn(named)) ? nameIn(named) : entityOf(begin),
    size: size && argumentAt(size, 0),
    isNarrowed: links.some(
      each =>
        /^(where|andWhere)$/.test(each.name) &&
        (each.call?.args ?? []).some((_, index) => isNarrowing(node, argumentAt(each, index))),
    ),
    columns: chosen.length === 0 || chosen.includes('*') ? undefined : chosen,
    leftOut: [],
    undecided: [],
    joined: [],
    searched: [],
  };
}

/** `populate: ["customer"]` brings rows of other tables as members. */
const joinedBy = (populate: Written | undefined): readonly Joined[] =>
  textsOf(populate).map(text => ({
    member: text.replace(/[.:].*$/, ''),
    columns: undefined,
    leftOut: [],
    undecided: [],
    joined: [],
  }));

/** `{ limit: 20, fields: ["id"], exclude: ["password"], populate: ["customer"] }` */
function selectedBy(
  options: ReturnType<typeof optionsOf> | undefined,
): Pick<Query, 'size' | 'columns' | 'leftOut' | 'undecided' | 'joined'> {
  const fields = options?.get('fields');
  return {
    size: options?.get('limit') ?? options?.get('first'),
    columns: fields ? textsOf(fields).map(text => text.replace(/\..*$/, '')) : undefined,
    leftOut: textsOf(options?.get('exclude')),
    undecided: [],
    joined: joinedBy(options?.get('populate')),
  };
}

/** `em.find(Order, { customer }, { limit: 20 })`, `orderRepository.findAll({ limit: 20 })` */
export function mikroOrmQuery(node: CodeView, chain: Chain): Query | undefined {
  const { links, call, scope } = chain;
  const last = links.at(-1);
  if (!last?.call || !node.imports(...MIKRO_ORM)) return undefined;
  const whole = built(chain, last, node);
  const gives = Object.hasOwn(FINDS, last.name) ? FINDS[last.name] : undefined;
  const first = argumentAt(last, 0);
  // Lists have a `find` too, which takes a function.
  if (whole || !gives || first?.expression.kind === 'function' || !isAsked(node, last)) return whole;
  const isManager = first !== undefined && /^[A-Z]/.test(nameIn(first.expression));
  const [condition, more] = [0, 1].map(index => argumentAt(last, index + (isManager ? 1 : 0)));
  const hasOptionsFirst = /^(findAll|findByCursor)$/.test(last.name);
  const given = hasOptionsFirst ? condition : more;
  const options = given && optionsOf(node, given);
  const where = hasOptionsFirst ? options?.get('where') : condition;
  return {
    call,
    scope,
    gives,
    reads: true,
    isWrapped: last.name === 'findAndCount',
    of: isManager ? nameIn(first.expression) : entityOf(last),
    isNarrowed: (given !== undefined && !options?.isRead) || isNarrowing(node, where),
    ...selectedBy(options),
    searched: searchedBy(node, where),
  };
}
