import type { ExposedError, Route } from '../../../model/index.ts';
import { isHealthRoute } from '../../../model/index.ts';
import type {
  Call,
  Expression,
  FunctionDefinition,
  Handler as ExceptHandler,
  Statement,
} from '../../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf, partsOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import { functionAround, outermostFunction } from '../../code/at-start.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { resultsIn } from '../../code/results.ts';
import { inProduction } from '../../code/conditions.ts';
import { isLogger } from '../observe/loggers.ts';
import { conditionOf, type Condition, type Scope } from '../../code/scopes.ts';
import { servingFunctions, type Serving } from '../serving.ts';
import { lastNameOf, type Piece } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { errorHandlerSites } from './handler-sites.ts';
import { isBroad, isUnknownError, typeName } from './types.ts';

/** Calls that hand what they are given to the caller. */
const SENDS =
  /^(abort|emit|send|flash|HTTPException|JSONResponse|ORJSONResponse|PlainTextResponse|HTMLResponse|Response|jsonify|make_response|send_json|send_text|InternalServerError|BadRequest|ServiceUnavailable|BadGateway)$/;
const TRACEBACKS = /^traceback\.(format_exc|format_exception|format_tb|format_stack)$/;
/** Members that say what kind of error it is, or what was written for callers. */
const HARMLESS_MEMBER =
  /^(code|name|status|status_code|description|detail|errors|messages|error_count|__class__|field|loc|title|headers|http_status|error_code|normalized_messages|public_message|user_message|strerror|errno)$/;

interface Caught {
  readonly scope: Scope;
  /** Names that hold the exception or its text. */
  readonly names: Set<string>;
  readonly catches: string;
  readonly serving: Serving;
  /** Whether what the function returns goes to the caller. */
  readonly returns: boolean;
  /** Only tracebacks and the original error: the exception itself is made by the framework. */
  readonly isWrapped: boolean;
  /** How many own functions lie between. */
  readonly depth: number;
}

interface Found {
  readonly at: Expression;
  readonly what: ExposedError['what'];
}

/** Where a text of the exception stands in an expression that is sent. */
function exposuresIn(python: PythonView, expression: Expression, caught: Caught): readonly Found[] {
  const { scope, names, isWrapped } = caught;
  switch (expression.kind) {
    case 'name':
      return names.has(expression.name) && !isWrapped ? [{ at: expression, what: 'text' }] : [];
    case 'attribute':
      if (expression.object.kind === 'name' && names.has(expression.object.name))
        return HARMLESS_MEMBER.test(expression.name) ||
          (isWrapped && expression.name !== 'original_exception')
          ? []
          : [{ at: expression, what: 'text' }];
      return exposuresIn(python, expression.object, caught);
    case 'call':
      return ofCall(python, expression, caught);
    case 'conditional': {
      const held = inProduction(
        python,
        { scope, conditions: [{ kind: 'if', test: expression.test, holds: true }] },
        [],
      );
      const parts = held.holds === 'no' ? [expression.otherwise] : [expression.then, expression.otherwise];
      return parts.flatMap(part => exposuresIn(python, part, caught));
    }
    case 'binary':
      return /^[+%]$/.test(expression.operator)
        ? [expression.left, expression.right].flatMap(part => exposuresIn(python, part, caught))
        : [];
    case 'subscript':
      // `ERRORS[e]` and `str(e)[:50]`
      return exposuresIn(python, expression.object, caught);
    default:
      return partsOf(expression).flatMap(part => exposuresIn(python, part, caught));
  }
}

function ofCall(python: PythonView, call: Call, caught: Caught): readonly Found[] {
  const { scope, isWrapped, names } = caught;
  const word = lastNameOf(call.callee);
  if (isLogger(python, call, scope) || /^(type|isinstance|len|getattr|hasattr|bool|int)$/.test(word))
    return [];
  if (TRACEBACKS.test(python.nameOf(call.callee, scope))) return [{ at: call, what: 'traceback' }];
  if (/^(str|repr|format)$/.test(word) && call.callee.kind === 'name') {
    const inner = call.args.flatMap(({ value }) => exposuresIn(python, value, caught));
    return inner.length > 0 ? [{ at: call, what: inner[0]?.what ?? 'text' }] : [];
  }
  const own = python.resolve(call.callee, scope);
  if (own?.kind === 'function') return passedOn(python, call, own, caught);
  const object = call.callee.kind === 'attribute' ? call.callee.object : undefined;
  const isMember = object?.kind === 'name' && names.has(object.name);
  if (isMember) {
    const isHarmless = HARMLESS_MEMBER.test(word) || isWrapped || word === 'get_response';
    return isHarmless || word === 'with_traceback' ? [] : [{ at: call, what: 'text' }];
  }
  return [...(object ? [object] : []), ...call.args.map(({ value }) => value)].flatMap(part =>
    exposuresIn(python, part, caught),
  );
}

/** Helpers of helpers that make answers: deeper is guessing. */
const DEEPEST = 2;

/** `return error_response(str(e), 500)`: what the own function returns holds what it is given. */
function passedOn(python: PythonView, call: Call, callee: FunctionEntity, caught: Caught): readonly Found[] {
  if (caught.depth >= DEEPEST) return [];
  const { definition } = callee;
  const params = definition.params.filter(({ name }) => !/^(self|cls)$/.test(name));
  const positional = call.args.filter(({ name, spread }) => name === '' && spread === '');
  return call.args.flatMap(arg => {
    const found = exposuresIn(python, arg.value, caught);
    const param = arg.name === '' ? params[positional.indexOf(arg)]?.name : arg.name;
    if (found.length === 0 || param === undefined) return [];
    const inside: Caught = {
      ...caught,
      scope: callee.scope.inner(definition),
      names: new Set([param]),
      isWrapped: false,
      depth: caught.depth + 1,
    };
    for (const { statement } of python.code.search.statementsInside(definition))
      if (
        statement.kind === 'assign' &&
        statement.value &&
        exposuresIn(python, statement.value, inside).length > 0
      )
        for (const target of statement.targets) if (target.kind === 'name') inside.names.add(target.name);
    return resultsIn(definition).some(result => exposuresIn(python, result, inside).length > 0) ? found : [];
  });
}

/** `if isinstance(e, OwnError):` lets through what was written for callers. */
const isNarrowed = (
  python: PythonView,
  conditions: readonly Condition[],
  { scope, names }: Caught,
): boolean =>
  conditions.some(condition => {
    if (condition.kind !== 'if' || !condition.holds) return false;
    return expressionsIn(condition.test).some(
      each =>
        each.kind === 'call' &&
        lastNameOf(each.callee) === 'isinstance' &&
        each.args[0]?.value.kind === 'name' &&
        names.has(each.args[0].value.name) &&
        !isUnknownError(python, each.args[1]?.value, scope),
    );
  });

/** Statements of a block with the conditions inside of it. */
function* within(
  body: readonly Statement[],
  conditions: readonly Condition[],
): Generator<{ readonly statement: Statement; readonly conditions: readonly Condition[] }> {
  for (const statement of body) {
    yield { statement, conditions };
    for (const [index, block] of blocksOf(statement).entries())
      yield* within(block, [...conditions, ...conditionOf(statement, index)]);
  }
}

function* sentBy(python: PythonView, statement: Statement, caught: Caught): Generator<Found> {
  if (statement.kind === 'return' && statement.value && caught.returns) {
    yield* exposuresIn(python, statement.value, caught);
    return;
  }
  for (const head of headOf(statement))
    for (const each of expressionsIn(head)) {
      if (each.kind !== 'call' || !SENDS.test(lastNameOf(each.callee))) continue;
      if (isOwnException(python, each, caught.scope)) continue;
      for (const { value } of each.args) yield* exposuresIn(python, value, caught);
    }
}

/** `raise HTTPException(…)` of the framework; an exception of the repository is turned into an answer elsewhere. */
const isOwnException = (python: PythonView, { callee }: Call, scope: Scope): boolean =>
  python.resolve(callee, scope)?.kind === 'class';

/** What a block that has caught something sends of it. */
function* exposedIn(python: PythonView, body: readonly Statement[], caught: Caught): Generator<Found> {
  for (const { statement, conditions } of within(body, [])) {
    if (isNarrowed(python, conditions, caught)) continue;
    if (inProduction(python, { scope: caught.scope, conditions }, []).holds === 'no') continue;
    if (statement.kind === 'assign' && statement.value)
      for (const target of statement.targets)
        if (target.kind === 'name' && exposuresIn(python, statement.value, caught).length > 0)
          caught.names.add(target.name);
    yield* sentBy(python, statement, caught);
  }
}

/** Whether what a helper returns is returned by a handler that calls it. */
function goesOut(
  python: PythonView,
  { definition }: Serving,
  serving: ReadonlyMap<FunctionDefinition, Serving>,
): boolean {
  return python.callsEnding(definition.name).some(site => {
    const around = functionAround(site.scope);
    const by = around && serving.get(around);
    if (!around || by?.through.length !== 0) return false;
    const callee = python.resolve(site.call.callee, site.scope);
    if (callee?.kind !== 'function' || callee.definition !== definition) return false;
    const { statement, call } = site;
    if (statement.kind === 'return') return true;
    const [target] = statement.kind === 'assign' ? statement.targets : [];
    if (target?.kind !== 'name') return false;
    return python.code.search
      .statementsInside(around)
      .some(
        each =>
          each.statement.kind === 'return' &&
          each.statement.value !== undefined &&
          each.statement.start > call.start &&
          returnsWhole(each.statement.value, target.name),
      );
  });
}

/** `return result`, `return jsonify(result)`, `return result, 500`: not one chosen part of it. */
function returnsWhole(value: Expression, name: string): boolean {
  if (value.kind === 'name') return value.name === name;
  if (value.kind === 'collection') return value.items.some(item => returnsWhole(item, name));
  if (value.kind === 'call') return value.args.some(arg => returnsWhole(arg.value, name));
  return false;
}

function factOf(
  python: PythonView,
  { at, what }: Found,
  caught: Caught,
  health: ReadonlySet<string>,
): ExposedError {
  const { scope, serving } = caught;
  const place = python.at(scope, at);
  return {
    kind: 'exposedError',
    at: place,
    what,
    says: python.textOf(scope, at).replace(/\s+/g, ' ').slice(0, 60),
    catches: caught.catches,
    handler: serving.handler,
    isHealth: health.has(`${serving.handlerAt.path}:${serving.handlerAt.startLine}`),
    reached: python.reached({ scope }),
  };
}

/** `except Exception as e:` in what runs while a request is served. */
function* inTries(view: ServiceView, health: ReadonlySet<string>): Generator<ExposedError> {
  const { python } = view;
  const serving = servingFunctions(python);
  const outgoing = new Map<FunctionDefinition, boolean>();
  const outermost = new Set([...serving.values()].map(({ scope }) => outermostFunction(scope)));
  const isServing = ({ definition }: Piece) => outermost.has(definition);
  for (const { statement, scope, conditions } of python.statementsWhere(isServing, 'except')) {
    if (statement.kind !== 'try') continue;
    const around = functionAround(scope);
    const here = around && serving.get(around);
    if (!around || !here) continue;
    if (inProduction(python, { scope, conditions }, []).holds === 'no') continue;
    let returns = here.through.length === 0 || outgoing.get(around);
    if (returns === undefined) outgoing.set(around, (returns = goesOut(python, here, serving)));
    for (const handler of statement.handlers) {
      if (!isUnknownError(python, handler.type, scope)) continue;
      const caught: Caught = {
        scope,
        names: new Set(handler.name ? [handler.name] : []),
        catches: typeName(python, handler.type, scope),
        serving: here,
        returns,
        isWrapped: false,
        depth: 0,
      };
      const found = [
        ...exposedIn(python, handler.body, caught),
        ...keptFrom(python, handler, around, caught),
      ];
      for (const each of found) yield factOf(python, each, caught, health);
    }
  }
}

/** `result = {"error": str(e)}` in the block, and `return jsonify(result)` below it. */
function keptFrom(
  python: PythonView,
  handler: ExceptHandler,
  around: FunctionDefinition,
  caught: Caught,
): readonly Found[] {
  if (!caught.returns) return [];
  const kept = handler.body.flatMap(statement =>
    statement.kind === 'assign'
      ? statement.targets.flatMap(target =>
          target.kind === 'name' && statement.value
            ? exposuresIn(python, statement.value, caught).map(found => ({ name: target.name, found }))
            : [],
        )
      : [],
  );
  if (kept.length === 0) return [];
  const later = python.code.search
    .statementsInside(around)
    .flatMap(({ statement }) =>
      statement.kind === 'return' && statement.value && statement.start > handler.end
        ? [statement.value]
        : [],
    );
  return kept.filter(({ name }) => later.some(value => returnsWhole(value, name))).map(({ found }) => found);
}

/** `@app.errorhandler(Exception)`: all of what it is given may come from anywhere. */
function* inHandlers(python: PythonView): Generator<ExposedError> {
  for (const { function: entity, type, scope, isServerError } of errorHandlerSites(python)) {
    if (!isServerError && !(type && isBroad(python, type, scope))) continue;
    const { definition } = entity;
    const params = definition.params.filter(({ name }) => !/^(self|cls|request|req|_request|_)$/.test(name));
    const inside = entity.scope.inner(definition);
    const caught: Caught = {
      scope: inside,
      names: new Set(params.slice(0, 1).map(({ name }) => name)),
      catches: type ? typeName(python, type, scope) : 'everything',
      serving: {
        definition,
        scope: inside,
        handler: definition.name,
        handlerAt: python.at(entity.scope, definition.head),
        through: [],
      },
      returns: true,
      isWrapped: isServerError,
      depth: 0,
    };
    for (const found of exposedIn(python, definition.body, caught))
      yield factOf(python, found, caught, new Set());
  }
}

const keyOf = ({ handlerAt }: Route): string => `${handlerAt.path}:${handlerAt.startLine}`;

/** Texts of unknown errors, and tracebacks, on their way to the caller. */
export default defineExtractor({
  id: 'python/errors/exposed',
  reads: ['route'],
  produces: ['exposedError'],
  understands: view => hasPython(view) && view.facts.isRead('route'),
  *extract(view): Generator<ExposedError> {
    const health = new Set(
      view.facts
        .all('route')
        .filter(route => isHealthRoute(route) === 'yes')
        .map(keyOf),
    );
    yield* inTries(view, health);
    yield* inHandlers(view.python);
  },
});
