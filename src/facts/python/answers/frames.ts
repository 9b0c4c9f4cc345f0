import type { Argument, Expression, FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { argumentFor } from '../../code/flow/flow.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** A function that one looks into, with what its caller gave and what its names stand for. */
export interface Frame {
  readonly of: FunctionEntity;
  /** The scope inside of it. */
  readonly scope: Scope;
  readonly given: ReadonlyMap<string, Part>;
  readonly sources: ReadonlyMap<string, readonly Source[]>;
  /** How many calls lie between it and the handler of the route. */
  readonly depth: number;
}

export interface Part {
  readonly expression: Expression;
  readonly frame: Frame;
}

/** What a name may stand for. */
export interface Source {
  readonly expression: Expression;
  /** `element`: the name is one of its elements; `collected`: it is put into what the name stands for. */
  readonly as: 'value' | 'element' | 'collected';
}

const COLLECTS = new Set(['append', 'appendleft', 'extend', 'add', 'insert', 'update', 'setdefault']);

const rootName = (expression: Expression): string => {
  if (expression.kind === 'name') return expression.name;
  return expression.kind === 'attribute' || expression.kind === 'subscript'
    ? rootName(expression.object)
    : '';
};

function* namedIn(statement: Statement): Generator<readonly [string, Source]> {
  const bind = function* (
    target: Expression,
    expression: Expression,
    as: Source['as'],
  ): Generator<readonly [string, Source]> {
    if (target.kind === 'name') yield [target.name, { expression, as }];
    else if (target.kind === 'collection') for (const item of target.items) yield* bind(item, expression, as);
    else yield [rootName(target), { expression, as: 'collected' }];
  };
  if (statement.kind === 'assign' && statement.value)
    for (const target of statement.targets) yield* bind(target, statement.value, 'value');
  else if (statement.kind === 'augment') yield* bind(statement.target, statement.value, 'collected');
  else if (statement.kind === 'for') yield* bind(statement.target, statement.iterable, 'element');
  else if (statement.kind === 'with')
    for (const { target, context } of statement.items) if (target) yield* bind(target, context, 'value');
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return;
  const { callee, args } = statement.value;
  if (callee.kind === 'attribute' && COLLECTS.has(callee.name))
    for (const { value } of args) yield [rootName(callee.object), { expression: value, as: 'collected' }];
}

function sourcesIn(definition: FunctionDefinition): ReadonlyMap<string, readonly Source[]> {
  const all = new Map<string, Source[]>();
  for (const statement of statementsIn(definition.body))
    for (const [name, source] of namedIn(statement)) {
      const known = all.get(name);
      if (known) known.push(source);
      else all.set(name, [source]);
    }
  return all;
}

export const frameOf = (of: FunctionEntity, given: Frame['given'] = new Map(), depth = 0): Frame => ({
  of,
  scope: of.scope.inner(of.definition),
  given,
  sources: sourcesIn(of.definition),
  depth,
});

/** The function of the repository that a call goes to, with what it is given; `undefined` when it is none. */
export function calledFrame(
  python: PythonView,
  { callee, args }: { readonly callee: Expression; readonly args: readonly Argument[] },
  frame: Frame,
  methods: Methods,
): Frame | undefined {
  const entity = python.resolve(callee, frame.scope);
  // What a library hands out may be an object of a class of the repository: a row of a model.
  const isOpen = entity === undefined || (entity.kind === 'external' && /\(\)|^builtins\./.test(entity.name));
  const of = entity?.kind === 'function' ? entity : isOpen ? methods.only(callee) : undefined;
  if (!of) return undefined;
  const [first] = of.definition.params;
  const isMethod = of.scope.kind === 'class' && /^(self|cls)$/.test(first?.name ?? '');
  const call = { kind: 'call', callee, args, start: callee.start, end: callee.end } as const;
  const given = new Map<string, Part>();
  of.definition.params.forEach((parameter, position) => {
    const expression = argumentFor(call, parameter, position, isMethod);
    if (expression) given.set(parameter.name, { expression, frame });
  });
  return frameOf(of, given, frame.depth + 1);
}

/** Methods of objects that cannot be followed: the one of its name, when no other has it. */
export interface Methods {
  only(callee: Expression): FunctionEntity | undefined;
}

/** Shorter names are those of too many things. */
const SHORTEST_NAME = 6;

const known = new WeakMap<PythonView, Methods>();

/** The methods of a service, looked for once for all who ask. */
export function methodsOf(python: PythonView): Methods {
  const before = known.get(python);
  if (before) return before;
  let named: ReadonlyMap<string, readonly FunctionEntity[]> | undefined;
  const made: Methods = {
    only(callee) {
      const name = callee.kind === 'attribute' ? callee.name : '';
      if (name.length < SHORTEST_NAME) return undefined;
      named ??= methodsByName(python);
      const found = named.get(name) ?? [];
      return found.length === 1 ? found[0] : undefined;
    },
  };
  known.set(python, made);
  return made;
}

function methodsByName(python: PythonView): ReadonlyMap<string, readonly FunctionEntity[]> {
  const named = new Map<string, FunctionEntity[]>();
  for (const { definition, scope } of python.functions()) {
    if (scope.kind !== 'class') continue;
    const entity: FunctionEntity = { kind: 'function', definition, scope, self: undefined };
    const same = named.get(definition.name);
    if (same) same.push(entity);
    else named.set(definition.name, [entity]);
  }
  return named;
}

/** Calls that make one value out of many: what goes in does not come out. */
const CONDENSES = new Set(['len', 'any', 'all', 'bool', 'sum', 'min', 'max', 'next', 'int', 'float', 'isinstance', 'count']); // prettier-ignore

/** The expressions inside that may be part of its value. */
export function* valueParts(expression: Expression): Generator<Expression> {
  if (
    expression.kind === 'call' &&
    expression.callee.kind === 'name' &&
    CONDENSES.has(lastNameOf(expression.callee))
  )
    return;
  yield expression;
  if (expression.kind === 'comprehension') {
    yield* valueParts(expression.element);
    for (const { iterable } of expression.clauses) yield* valueParts(iterable);
  } else if (expression.kind === 'conditional') {
    yield* valueParts(expression.then);
    yield* valueParts(expression.otherwise);
  } else if (expression.kind === 'binary') {
    if (!/^(==|!=|<|>|<=|>=|in|not in|is|is not)$/.test(expression.operator)) {
      yield* valueParts(expression.left);
      yield* valueParts(expression.right);
    }
  } else if (expression.kind === 'subscript') {
    // One element, or so many that a bound stands beside them.
    const { index } = expression;
    if (index.kind !== 'slice' && index.kind !== 'constant') yield* valueParts(expression.object);
  } else if (expression.kind === 'dictionary')
    for (const { value } of expression.entries) yield* valueParts(value);
  else for (const part of inside(expression)) yield* valueParts(part);
}

const inside = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'call':
      return [expression.callee, ...expression.args.map(({ value }) => value)];
    case 'attribute':
      return [expression.object];
    case 'collection':
      return expression.items;
    case 'await':
    case 'spread':
    case 'walrus':
      return [expression.value];
    case 'yield':
      return expression.value ? [expression.value] : [];
    case 'logical':
      return [expression.left, expression.right];
    case 'template':
      return expression.parts;
    default:
      return [];
  }
};

/** What a function hands back, and everything of its own that flows into it. */
export interface Answered {
  readonly parts: ReadonlySet<Expression>;
  /** Those of whose elements each flows into it. */
  readonly iterated: ReadonlySet<Expression>;
}

export function answeredBy(frame: Frame): Answered {
  const found = new Set<Expression>();
  const iterated = new Set<Expression>();
  const names = new Set<string>();
  const follow = (expression: Expression, many: boolean): void => {
    for (const part of valueParts(expression)) {
      if (found.has(part)) continue;
      found.add(part);
      if (part.kind === 'comprehension') for (const { iterable } of part.clauses) iterated.add(iterable);
      if (part.kind === 'name') followName(part.name, many || expression.kind === 'comprehension');
    }
  };
  const followName = (name: string, many: boolean): void => {
    const key = `${name} ${many ? 'many' : 'one'}`;
    if (names.has(key)) return;
    names.add(key);
    for (const { expression, as } of frame.sources.get(name) ?? [])
      // One element of a list is not the list, unless each of them is put into something.
      if (as !== 'element' || many) {
        if (as === 'element') iterated.add(expression);
        follow(expression, many || as === 'collected');
      }
  };
  for (const statement of statementsIn(frame.of.definition.body)) {
    if (statement.kind === 'return' && statement.value) follow(statement.value, false);
    if (statement.kind !== 'expression') continue;
    for (const each of expressionsIn(statement.value))
      if (each.kind === 'yield' && each.value) follow(each.value, true);
  }
  return { parts: found, iterated };
}
