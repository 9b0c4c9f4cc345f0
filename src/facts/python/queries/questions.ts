import type { LoopQuestion, Place } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, partsOf } from '../../../read/walk.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { GIVES_ONE, isAsked, queryOf, type Query } from './query.ts';
import { isLoaded, relationsOf, type Relation } from './relations.ts';
import { functionTurns, taintedBy, type Turn } from './turns.ts';

/** What is done again and again, and which names stand for what is different each time. */
export interface Round {
  readonly scope: Scope;
  readonly turns: readonly Turn[];
  readonly names: ReadonlySet<string>;
  /** The name of the object that the query gave, and the query. */
  readonly item: string | undefined;
  readonly rows: Query;
}

/** Own functions that call own functions: deeper is guessing. */
const DEEPEST = 2;
const CACHED = /cache|memo|singleton/i;
/** What goes through all that it is given. */
const CONSUMES = /^(list|set|tuple|sorted|len|sum|any|all|dict|bool|min|max|enumerate|frozenset)$/;
/** A relation as a manager asks when one of these is called. */
const MANAGER_CALLS =
  /^(all|filter|filter_by|exclude|count|exists|first|last|get|values|values_list|order_by|aggregate|one|one_or_none|paginate|limit)$/;
/** These change a relation and do not read it. */
const CHANGES =
  /^(append|add|remove|extend|set|clear|create|delete|update|insert|update_or_create|get_or_create)$/;

interface At {
  readonly round: Round;
  readonly depth: number;
  /** What is written to and not read. */
  readonly written: readonly Expression[];
}

/** Questions to the database that each turn asks anew. */
export function* questionsIn(python: PythonView, round: Round, depth = 0): Generator<LoopQuestion> {
  for (const turn of round.turns) {
    if (turn.isMemo) continue;
    const { statement } = turn;
    const written = statement?.kind === 'assign' ? statement.targets : [];
    for (const head of turn.heads) {
      const isIterated = statement?.kind === 'for' && head === statement.iterable;
      yield* visit(python, head, undefined, isIterated, { round, depth, written });
    }
  }
}

const mentions = (expression: Expression, names: ReadonlySet<string>): boolean =>
  expressionsIn(expression).some(each => each.kind === 'name' && names.has(each.name));

export function shortText(python: PythonView, expression: Expression, scope: Scope): string {
  const text = python.textOf(scope, expression).replace(/\s+/g, ' ').replace(/ \./g, '.');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function* visit(
  python: PythonView,
  expression: Expression,
  parent: Expression | undefined,
  isIterated: boolean,
  at: At,
): Generator<LoopQuestion> {
  if (expression.kind === 'lambda') return;
  const { round } = at;
  const question =
    asked(python, expression, isIterated, round) ??
    related(python, expression, parent, isIterated, at) ??
    (at.depth < DEEPEST ? called(python, expression, at) : undefined);
  if (question) {
    yield question;
    return;
  }
  const consumed =
    expression.kind === 'call' &&
    CONSUMES.test(lastNameOf(expression.callee)) &&
    expression.callee.kind === 'name';
  const iterated = expression.kind === 'comprehension' ? expression.clauses.map(each => each.iterable) : [];
  for (const part of partsOf(expression))
    yield* visit(python, part, expression, consumed || iterated.includes(part), at);
}

/** A query that is sent, of what the turn is about. */
function asked(
  python: PythonView,
  expression: Expression,
  isIterated: boolean,
  { scope, names }: Round,
): LoopQuestion | undefined {
  if (expression.kind !== 'call' && expression.kind !== 'subscript') return undefined;
  const inner = expression.kind === 'subscript' ? expression.object : expression;
  if (inner.kind !== 'call' || !mentions(inner, names)) return undefined;
  const query = queryOf(python, inner, scope);
  if (!query) return undefined;
  const last = query.steps.at(-1);
  const isSent =
    isAsked(query, inner) ||
    ((isIterated || expression.kind === 'subscript') &&
      query.by !== 'cursor' &&
      last?.call !== undefined &&
      !query.steps.some(step => step.call && GIVES_ONE.test(step.name)));
  return isSent
    ? { at: python.at(scope, expression), says: shortText(python, inner.callee, scope), way: [] }
    : undefined;
}

/** A relation of the object that is read, and that the query did not bring along. */
function related(
  python: PythonView,
  expression: Expression,
  parent: Expression | undefined,
  isIterated: boolean,
  { round, written }: At,
): LoopQuestion | undefined {
  const relation = relationAt(python, expression, round);
  if (!relation || written.includes(expression)) return undefined;
  const next = parent?.kind === 'attribute' && parent.object === expression ? parent.name : '';
  if (CHANGES.test(next)) return undefined;
  if (relation.gives === 'manager' && !MANAGER_CALLS.test(next) && !isIterated) return undefined;
  return {
    at: python.at(round.scope, expression),
    says: `${shortText(python, expression, round.scope)} is loaded when it is read`,
    way: [],
  };
}

function relationAt(python: PythonView, expression: Expression, { item, rows }: Round): Relation | undefined {
  if (expression.kind !== 'attribute' || expression.object.kind !== 'name') return undefined;
  if (expression.object.name !== item || !rows.model) return undefined;
  const found = relationsOf(python, rows.model).find(each => each.name === expression.name);
  return found && !isLoaded(python, rows, found) ? found : undefined;
}

/** An own function, method or property in which a question is asked. */
function called(python: PythonView, expression: Expression, { round, depth }: At): LoopQuestion | undefined {
  const found = calleeOf(python, expression, round);
  if (!found) return undefined;
  const { entity, item } = found;
  const { definition } = entity;
  const inside = entity.scope.inner(definition);
  if (CACHED.test(python.textOf(inside, definition))) return undefined;
  const turns = functionTurns(definition.body);
  const given = new Set(
    definition.params
      .map(param => param.name)
      .filter(name => name !== 'cls' && (item === name || name !== 'self')),
  );
  if (given.size === 0) return undefined;
  const names = taintedBy(given, turns);
  const inner: Round = { scope: inside, turns, names, item, rows: round.rows };
  for (const question of questionsIn(python, inner, depth + 1)) {
    const step: Place = { at: question.at, says: question.says };
    return {
      at: python.at(round.scope, expression),
      says: `${definition.name} asks the database`,
      way: [step, ...question.way],
    };
  }
  return undefined;
}

interface Callee {
  readonly entity: FunctionEntity;
  /** The parameter that stands for the object of the loop. */
  readonly item: string | undefined;
}

function calleeOf(python: PythonView, expression: Expression, round: Round): Callee | undefined {
  const { item, rows, scope, names } = round;
  const target = expression.kind === 'call' ? expression.callee : expression;
  if (
    target.kind === 'attribute' &&
    target.object.kind === 'name' &&
    target.object.name === item &&
    rows.model
  ) {
    const entity = memberOf(python, rows.model, target.name, expression.kind === 'call');
    return entity && { entity, item: entity.definition.params[0]?.name };
  }
  if (expression.kind !== 'call' || !expression.args.some(arg => mentions(arg.value, names)))
    return undefined;
  const entity = python.resolve(expression.callee, scope);
  if (entity?.kind !== 'function') return undefined;
  const { params } = entity.definition;
  const skip = entity.scope.kind === 'class' && /^(self|cls)$/.test(params[0]?.name ?? '') ? 1 : 0;
  const positional = expression.args.filter(arg => arg.name === '' && arg.spread === '');
  const given = expression.args.find(({ value }) => value.kind === 'name' && value.name === item);
  const name = given?.name !== '' ? given?.name : params[skip + positional.indexOf(given)]?.name;
  return { entity, item: name };
}

/** A method that is called, or a property that is read. */
function memberOf(
  python: PythonView,
  model: NonNullable<Query['model']>,
  name: string,
  isCall: boolean,
): FunctionEntity | undefined {
  for (const { scope, binding } of python.code.resolver.memberBindings(model, name)) {
    if (binding.kind !== 'function') return undefined;
    const { definition } = binding;
    const isProperty = definition.decorators.some(each => lastNameOf(each) === 'property');
    if (definition.decorators.length > (isProperty ? 1 : 0) || isProperty === isCall) return undefined;
    return { kind: 'function', definition, scope, self: model };
  }
  return undefined;
}
