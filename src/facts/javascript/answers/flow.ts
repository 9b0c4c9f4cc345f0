import { isSecretColumn } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import { chosenIn, resultsIn } from '../../code/results.ts';
import type { Binding } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import type { Joined, Query } from '../queries/query.ts';
import { queryAt } from '../queries/queries.ts';
import { isCollected, overridden, pushedTo, takenOut } from './changes.ts';
import { insideOfCallback, insideWith, type Frame, type Given } from './frame.ts';

/** What is wanted of a value: the member of a name, one element of it, or each of them. */
type Part =
  | { readonly kind: 'member'; readonly name: string }
  /** By its place, where one is written. */
  | { readonly kind: 'one'; readonly index: number | undefined }
  | { readonly kind: 'each' };

const isMember = (part: Part): part is Extract<Part, { kind: 'member' }> => part.kind === 'member';

const ONE: Part = { kind: 'one', index: undefined };
const EACH: Part = { kind: 'each' };

/** Rows or a row of a query that flow into an answer as they are. */
export interface Flowing {
  readonly query: Query;
  readonly frame: Frame;
  /** One of its rows at most. */
  readonly isOne: boolean;
  /** Only single members of each row. */
  readonly isPart: boolean;
  /** Members that are taken out on the way. */
  readonly leftOut: ReadonlySet<string>;
  /** They flow in some cases only. */
  readonly isOpen: boolean;
}

/** Whole rows of another table that flow into an answer as members of those that are asked for. */
export interface FlowingJoin {
  readonly query: Query;
  /** From member to member: `author`, then `team`. */
  readonly members: readonly string[];
  readonly row: Joined;
}

export interface Flow {
  rows(flowing: Flowing): void;
  joined(flowing: FlowingJoin): void;
  /** A single member with the name of a secret. */
  secret(name: string, of: Written, isOpen: boolean): void;
}

interface State {
  readonly path: readonly Part[];
  readonly leftOut: ReadonlySet<string>;
  /** Put in under a condition only: `...(all && { secret })`. */
  readonly isOpen: boolean;
  /** Where a member with the name of a secret was read. */
  readonly asked: Written | undefined;
}

/** Members by which drivers and libraries hand out the rows themselves. */
const HOLDS_ROWS = /^(rows|data|docs|items|results?|records?|recordsets?|entities|list|dataValues|_doc)$/;
const SAME =
  /^(filter|sort|toSorted|reverse|toReversed|concat|flat|exec|lean|catch|finally|toArray|toJSON|toObject|get|populate|values|execute|all)$/;
const MAPS = /^(map|flatMap|mapSeries)$/;
/** Functions that give back what they are given, or all of it together. */
const HANDS_ON =
  /^(Promise\.(all|allSettled|resolve)|Object\.values|Array\.from|JSON\.(parse|stringify)|structuredClone|Response|Response\.json|next\/server\.NextResponse\.json)$/;
const DEEPEST = 6;
const MOST_LOOKED = 600;

/** One way through the code, from an answer to the queries that it comes from. */
interface Walk {
  readonly node: CodeView;
  readonly flow: Flow;
  isNew(expression: Expression, state: State): boolean;
}

function walkOf(node: CodeView, flow: Flow): Walk {
  const seen = new Map<Expression, Set<string>>();
  let looked = 0;
  return {
    node,
    flow,
    isNew(expression, { path, leftOut }) {
      const wanted = path.map(part => (part.kind === 'member' ? part.name : part.kind)).join('.');
      const key = `${wanted} ${[...leftOut].join()}`;
      const before = seen.get(expression) ?? new Set();
      seen.set(expression, before);
      if (before.has(key) || looked++ > MOST_LOOKED) return false;
      before.add(key);
      return true;
    },
  };
}

/** Follows what is answered back to the queries that it comes from. */
export function followAnswer(node: CodeView, start: Expression, frame: Frame, flow: Flow): void {
  follow(walkOf(node, flow), start, frame, { path: [], leftOut: new Set(), asked: undefined, isOpen: false });
}

function follow(walk: Walk, expression: Expression, here: Frame, state: State): void {
  if (!walk.isNew(expression, state)) return;
  switch (expression.kind) {
    case 'await':
    case 'spread': {
      follow(walk, expression.value, here, state);
      return;
    }
    case 'name': {
      ofName(walk, expression, here, state);
      return;
    }
    case 'attribute': {
      ofMember(walk, expression, here, state);
      return;
    }
    case 'subscript': {
      follow(walk, expression.object, here, {
        ...state,
        path: [partOf(expression.index), ...state.path],
      });
      return;
    }
    case 'conditional':
      follow(walk, expression.then, here, state);
      {
        follow(walk, expression.otherwise, here, state);
        return;
      }
    case 'logical':
      if (expression.operator !== 'and') follow(walk, expression.left, here, state);
      {
        follow(walk, expression.right, here, state);
        return;
      }
    case 'collection':
      ofList(walk, expression, here, state);
      return;
    case 'dictionary': {
      ofObject(walk, expression, here, state);
      return;
    }
    case 'call': {
      ofCall(walk, expression, here, state);
      return;
    }
    default:
  }
}

function ofMember(
  walk: Walk,
  expression: Extract<Expression, { kind: 'attribute' }>,
  here: Frame,
  state: State,
): void {
  const { name, object } = expression;
  const asked = isSecretColumn(name) ? { expression, scope: here.scope } : state.asked;
  follow(walk, object, here, { ...state, asked, path: [{ kind: 'member', name }, ...state.path] });
}

/** `const [rows, total] = await Promise.all([list(), count()])`: what is wanted by its place is that alone. */
function ofList(
  walk: Walk,
  { items }: Extract<Expression, { kind: 'collection' }>,
  here: Frame,
  state: State,
): void {
  const [wanted, ...path] = state.path;
  const index = wanted?.kind === 'one' ? wanted.index : undefined;
  const isPlain = items.every(item => item.kind !== 'spread');
  for (const [at, item] of items.entries())
    if (index === undefined || !isPlain || at === index) follow(walk, item, here, { ...state, path });
}

function ofObject(
  walk: Walk,
  expression: Extract<Expression, { kind: 'dictionary' }>,
  here: Frame,
  state: State,
): void {
  // An element of what this was put into is this itself.
  const path = state.path[0]?.kind === 'member' ? state.path : state.path.slice(1);
  const [wanted, ...rest] = path;
  for (const [at, { key, value }] of expression.entries.entries()) {
    if (!key)
      follow(walk, value, here, {
        ...without({ ...state, path }, overridden(expression, at)),
        isOpen: state.isOpen || (value.kind === 'logical' && value.operator === 'and'),
      });
    else if (!wanted) follow(walk, value, here, { ...state, path });
    else if (wanted.kind === 'member' && key.kind === 'string' && key.value === wanted.name)
      follow(walk, value, here, { ...state, path: rest });
  }
}

function ofName(
  walk: Walk,
  expression: Extract<Expression, { kind: 'name' }>,
  here: Frame,
  state: State,
): void {
  const found = walk.node.code.resolver.bindings(expression.name, here.scope, expression.start);
  for (const binding of found?.bindings ?? [])
    if (found) ofBinding(walk, expression.name, binding, { ...here, scope: found.scope }, state);
}

function ofBinding(walk: Walk, name: string, binding: Binding, here: Frame, around: State): void {
  const state = without(around, takenOut(name, binding, here.scope));
  if (binding.kind === 'value') {
    follow(walk, binding.value, here, state);
    for (const pushed of pushedTo(name, here.scope))
      follow(walk, pushed, here, { ...state, path: [EACH, ...state.path] });
  } else if (binding.kind === 'element')
    follow(walk, binding.iterable, here, {
      ...state,
      path: [isCollected(binding, here.scope) ? EACH : ONE, ...state.path],
    });
  else if (binding.kind === 'parameter') {
    const given = here.given.get(binding.parameter) ?? handed(binding.position, here);
    if (given && here.depth <= DEEPEST)
      follow(walk, given.expression, given.frame, {
        ...state,
        path: given.isElement ? [EACH, ...state.path] : state.path,
      });
  }
}

function ofCall(walk: Walk, call: Call, here: Frame, state: State): void {
  const { callee, args } = call;
  const word = lastNameOf(callee);
  const first = args[0]?.value;
  const query = queryAt(walk.node, call, here.scope, written => behindParameter(walk.node, written, here));
  if (query) ofQuery(walk, query, here, state);
  if (query || here.depth > DEEPEST) return;
  const object = callee.kind === 'attribute' ? callee.object : undefined;
  const named = walk.node.nameOf(callee, here.scope);
  if (object && first && (MAPS.test(word) || word === 'then'))
    ofCallback(walk, object, first, word, here, state);
  else if (object && word === 'find' && first?.kind === 'function')
    follow(walk, object, here, { ...state, path: [ONE, ...state.path] });
  else if (first && HANDS_ON.test(named)) follow(walk, first, here, state);
  else if (named === 'Object.assign') for (const { value } of args) follow(walk, value, here, state);
  else if (/^(omit|pick)$/.test(word)) ofChoice(walk, call, word, here, state);
  else ofOwn(walk, call, here, state);
}

/** What an own function hands back; methods that change nothing hand on their object. */
function ofOwn(walk: Walk, call: Call, here: Frame, state: State): void {
  const { callee } = call;
  const own = walk.node.resolve(callee, here.scope);
  if (own?.kind === 'function') {
    const inside = insideWith(walk.node, own, call, here);
    // `switch (data.kind)`: which of them it is depends on what is given.
    const chosen = chosenIn(own.definition);
    for (const result of resultsIn(own.definition))
      follow(walk, result, inside, chosen.has(result) ? { ...state, isOpen: true } : state);
  } else if (callee.kind === 'attribute' && SAME.test(callee.name)) follow(walk, callee.object, here, state);
}

/** `rows.map(row => ({ id: row.id }))`, `query.then(rows => rows[0])` */
function ofCallback(
  walk: Walk,
  object: Expression,
  given: Expression,
  word: string,
  here: Frame,
  state: State,
): void {
  const callback = walk.node.resolve(given, here.scope);
  // What something else makes of the rows cannot be told.
  if (callback?.kind !== 'function') return;
  const isElement = word !== 'then';
  const inside = insideOfCallback(walk.node, callback, object, here, isElement);
  const [wanted, ...rest] = state.path;
  const isOne = isElement && wanted?.kind === 'one';
  const path = isElement && (wanted?.kind === 'one' || wanted?.kind === 'each') ? rest : state.path;
  for (const result of resultsIn(callback.definition))
    follow(walk, result, isOne ? oneOf(inside, object, here) : inside, { ...state, path });
}

const oneOf = (inside: Frame, object: Expression, here: Frame): Frame => ({
  ...inside,
  given: new Map(
    [...inside.given].map(([parameter, each]) =>
      each.expression === object && each.isElement
        ? [
            parameter,
            {
              expression: { kind: 'subscript', object, index: ZERO, start: object.start, end: object.end },
              frame: here,
              isElement: false,
            },
          ]
        : [parameter, each],
    ),
  ),
});

/** `omit(user, ["password"])`, `pick(user, ["id"])` */
function ofChoice(walk: Walk, call: Call, word: string, here: Frame, state: State): void {
  const [first, ...more] = call.args.map(({ value }) => value);
  const names = more.flatMap(each => (each.kind === 'collection' ? each.items : [each]));
  const texts = names.flatMap(each => (each.kind === 'string' ? [each.value] : []));
  // What is picked is a list of its own.
  if (first && word === 'omit' && texts.length === names.length)
    follow(walk, first, here, without(state, texts));
}

function ofQuery(walk: Walk, query: Query, here: Frame, { path, leftOut, asked, isOpen }: State): void {
  let left = path.filter(part => !(part.kind === 'member' && HOLDS_ROWS.test(part.name)));
  // `const [rows] = await pool.query(…)`: the first of a pair are the rows.
  if (query.isWrapped && left[0]?.kind === 'one' && isPair(walk.node)) left = left.slice(1);
  const member = left.find(isMember);
  const isOne = query.gives === 'one' || left.some(part => part.kind === 'one');
  const isSecret = member !== undefined && isSecretColumn(member.name) && !leftOut.has(member.name);
  if (isSecret)
    walk.flow.secret(member.name, asked ?? { expression: query.call, scope: query.scope }, isOpen);
  const isPart = member !== undefined;
  if (query.gives !== 'number' && (!isPart || left.some(part => part.kind === 'each')))
    walk.flow.rows({ query, frame: here, isOne, isPart, leftOut, isOpen });
  const wanted = left.filter(isMember).map(({ name }) => name);
  for (const each of joinedAt(query, wanted, leftOut)) walk.flow.joined({ query, ...each });
}

/** What comes with the rows that are wanted: all that they are joined with, or that under a member and below it. */
function joinedAt(
  { joined }: Pick<Query, 'joined'>,
  [wanted, ...rest]: readonly string[],
  leftOut: ReadonlySet<string>,
): readonly Pick<FlowingJoin, 'members' | 'row'>[] {
  const under = joined.filter(({ member }) =>
    wanted === undefined ? !leftOut.has(member) : member === wanted,
  );
  return under.flatMap(row => [
    ...(rest.length === 0
      ? [{ members: [row.member], row: lessOf(row, wanted === undefined ? [] : leftOut) }]
      : []),
    ...joinedAt(row, rest, wanted === undefined ? NONE : leftOut).map(each => ({
      ...each,
      members: [row.member, ...each.members],
    })),
  ]);
}

const NONE: ReadonlySet<string> = new Set();

const lessOf = (row: Joined, names: Iterable<string>): Joined => ({
  ...row,
  leftOut: [...row.leftOut, ...names],
});

/** What a function gets that stands in a row of calls: `query.then(rows => res.json(rows))`. */
function handed(position: number, here: Frame): Given | undefined {
  const { definition, parent } = here.scope;
  if (definition?.kind !== 'function' || !parent || position > 0) return undefined;
  for (const { call, position: at } of definition.handedTo) {
    const { callee } = call;
    if (callee.kind !== 'attribute' || at > 0) continue;
    const isElement = callee.name !== 'then';
    if (!isElement || MAPS.test(callee.name) || callee.name === 'forEach')
      return { expression: callee.object, frame: { ...here, scope: parent }, isElement };
  }
  return undefined;
}

const ZERO = { kind: 'constant', value: 0, start: 0, end: 0 } as const;

/** Drivers that hand out `[rows, fields]`. */
const isPair = (node: CodeView): boolean =>
  node.imports('mysql2', 'mysql', 'sequelize', 'typeorm', 'promise-mysql');

const partOf = (index: Expression): Part => {
  if (index.kind === 'string') return { kind: 'member', name: index.value };
  return index.kind === 'constant' && typeof index.value === 'number'
    ? { kind: 'one', index: index.value }
    : ONE;
};

const without = (state: State, names: Iterable<string>): State => {
  const more = [...names].filter(name => !state.leftOut.has(name));
  return more.length === 0 ? state : { ...state, leftOut: new Set([...state.leftOut, ...more]) };
};

/** A name of a parameter, as what the function was given for it. */
export function behindParameter(node: CodeView, written: Written, frame: Frame): Written {
  if (written.expression.kind !== 'name') return written;
  const found = node.code.resolver.bindings(written.expression.name, written.scope, written.expression.start);
  const [binding] = found?.bindings ?? [];
  const given = binding?.kind === 'parameter' ? frame.given.get(binding.parameter) : undefined;
  return given && !given.isElement
    ? behindParameter(node, { expression: given.expression, scope: given.frame.scope }, given.frame)
    : written;
}
