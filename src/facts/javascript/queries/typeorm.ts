import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import {
  argumentAt,
  isNarrowing,
  nameIn,
  optionsOf,
  searchedBy,
  textsOf,
  type Chain,
  type Link,
  type Query,
} from './query.ts';

const FINDS: Readonly<Record<string, Query['gives']>> = {
  find: 'many',
  findBy: 'many',
  findAndCount: 'many',
  findAndCountBy: 'many',
  findOne: 'one',
  findOneBy: 'one',
  findOneOrFail: 'one',
  findOneByOrFail: 'one',
  save: 'one',
};
const ENDS: Readonly<Record<string, Query['gives']>> = {
  getMany: 'many',
  getManyAndCount: 'many',
  getRawMany: 'many',
  getRawAndEntities: 'many',
  getOne: 'one',
  getOneOrFail: 'one',
  getRawOne: 'one',
  getCount: 'number',
};

const isRepository = (node: CodeView, { object, scope }: Link): boolean =>
  /^typeorm\b|^@nestjs\/typeorm\b/.test(node.nameOf(object, scope)) ||
  /(repo|repository|manager)$/i.test(nameIn(object));

/** `Repository<User>` of the constructor, `getRepository(User)`, `manager.find(User, …)`, `User.find()`. */
function entityOf(node: CodeView, { object, scope }: Link): string {
  const entity = node.resolve(object, scope);
  if (entity?.kind === 'class') return entity.definition.name;
  const made = entity?.kind === 'external' ? entity.made : undefined;
  const named = made?.call.args[0]?.value;
  if (named && nameIn(named) !== '') return nameIn(named);
  return nameIn(object).replace(/(Repo|Repository)$/i, '');
}

/** `repository.createQueryBuilder("user").where(…).take(20).getMany()` */
function built(node: CodeView, { links, call, scope }: Chain, last: Link): Query | undefined {
  const gives = ENDS[last.name];
  const begin = links.find(({ name }) => name === 'createQueryBuilder');
  if (!gives || !begin) return undefined;
  const size = links.find(({ name }) => /^(take|limit)$/.test(name));
  const select = links.find(({ name, call: made }) => name === 'select' && made);
  const chosen = select && argumentAt(select, 0);
  const columns =
    chosen?.expression.kind === 'collection'
      ? chosen.expression.items.flatMap(item =>
          item.kind === 'string' ? [item.value.replace(/^.*\./, '')] : [],
        )
      : undefined;
  return {
    call,
    scope,
    gives,
    reads: true,
    isWrapped: last.name === 'getManyAndCount',
    of: entityOf(node, begin),
    size: size && argumentAt(size, 0),
    isNarrowed: links.some(
      each =>
        /^(where|andWhere)$/.test(each.name) &&
        (each.call?.args ?? []).some((_, index) => isNarrowing(node, argumentAt(each, index))),
    ),
    columns,
    leftOut: [],
    undecided: [],
    joined: [],
    searched: [],
  };
}

/** `select: ["id"]`, `select: { id: true }` */
const columnsIn = (node: CodeView, select: Written): readonly string[] =>
  select.expression.kind === 'collection' ? textsOf(select) : optionsOf(node, select).keys;

export function typeormQuery(node: CodeView, chain: Chain): Query | undefined {
  const { links, call, scope } = chain;
  const last = links.at(-1);
  if (!last?.call || !node.imports('typeorm', '@nestjs/typeorm')) return undefined;
  const whole = built(node, chain, last);
  const gives = FINDS[last.name];
  const first = argumentAt(last, 0);
  // Lists have a `find` too, which takes a function.
  if (whole || !gives || first?.expression.kind === 'function') return whole;
  const own = node.resolve(last.object, last.scope);
  if (!isRepository(node, last) && own?.kind !== 'class') return undefined;
  // `manager.find(User, { … })`
  const isManager = first !== undefined && /^[A-Z]/.test(nameIn(first.expression));
  const argument = isManager ? argumentAt(last, 1) : first;
  const options = argument && optionsOf(node, argument);
  const isWhere = /By(OrFail)?$/.test(last.name);
  const where = isWhere ? argument : options?.get('where');
  const select = options?.get('select');
  return {
    call,
    scope,
    gives,
    reads: last.name !== 'save',
    isWrapped: /^findAndCount/.test(last.name),
    of: isManager ? nameIn(first.expression) : entityOf(node, last),
    size: isWhere ? undefined : options?.get('take'),
    isNarrowed: (argument !== undefined && !options?.isRead) || isNarrowing(node, where),
    columns: select && columnsIn(node, select),
    leftOut: [],
    undecided: [],
    joined: [],
    searched: searchedBy(node, where),
  };
}
