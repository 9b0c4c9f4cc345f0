import type { ExposedError } from '../../../model/index.ts';
import type { Call, Expression, FunctionDefinition, Span } from '../../../read/syntax.ts';
import { partsOf } from '../../../read/walk.ts';
import type { Binding, Condition, Scope } from '../../code/scopes.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { inProduction } from '../conditions.ts';

/** A text of an error, or the error as a whole, in what is sent. */
export interface ErrorText {
  readonly at: Expression;
  readonly scope: Scope;
  readonly what: ExposedError['what'];
}

/** The functions that get errors from their framework, and the position of the error. */
export type ErrorParameters = ReadonlyMap<FunctionDefinition, number>;

type Site = Pick<CallSite, 'scope' | 'conditions'> & { readonly at: Expression };

/** Members that hold what was written for those who run the service. */
const TEXTS = /^(message|stack|sqlMessage|sql|original|originalError|cause|inner|detail|parent)$/;
const MAKES_TEXT = /^(String|stringify|inspect|toString|t|translate|serializeError|toJSON|format)$/;

/** A test that asks what kind of error it is: what was written for callers may go out. */
const OF_KIND =
  /instanceof\s+(?!(Error|Object)\b)|\.message\s*={2,3}|\bis(Axios|Http|Boom|Joi|Api|App|Celebrate|Operational|Public|Zod|Prisma|Validation|Known|Trpc|TRPC)\w*|\.(name|code|kind|type|expose|isJoi|isBoom|errors|issues|validation|errno|status|statusCode|errorCode|httpCode|httpStatus)\b|\bin\s+\w+$/;
/** A test of the status, or of where the service runs: either side of it knows what it does. */
const OF_STATUS =
  /(status|statusCode|code)\)?\s*(>=|<=|>|<|={2,3}|!==?)|isOperational|\.expose\b|isPublic|isTrusted/i;

/** Helpers of helpers: deeper is guessing. */
const DEEPEST = 3;

interface Look {
  readonly node: CodeView;
  readonly parameters: ErrorParameters;
  readonly seen: Set<Expression>;
}

/** Where in a value that is sent the text of any error stands. */
export function textsOfErrors(
  node: CodeView,
  value: Expression,
  { scope, conditions }: Site,
  parameters: ErrorParameters,
): readonly ErrorText[] {
  if (isNarrowed(node, conditions, scope)) return [];
  return textsIn({ node, parameters, seen: new Set() }, value, scope, DEEPEST);
}

const isNarrowed = (node: CodeView, conditions: readonly Condition[], scope: Scope): boolean =>
  conditions.some(
    condition =>
      condition.kind === 'if' &&
      (isOf(node, OF_STATUS, condition.test, scope) ||
        (condition.holds && isOf(node, OF_KIND, condition.test, scope))),
  );

const isOf = (node: CodeView, what: RegExp, test: Expression, scope: Scope): boolean =>
  what.test(node.textOf(scope, test));

function textsIn(look: Look, expression: Expression, scope: Scope, left: number): readonly ErrorText[] {
  const { node } = look;
  switch (expression.kind) {
    case 'name':
      return textsOfName(look, expression, scope, left);
    case 'attribute': {
      if (!TEXTS.test(expression.name) || !isError(look, expression.object, scope, left)) return [];
      if (isGuarded(node, expression, scope)) return [];
      return [{ at: expression, scope, what: expression.name === 'stack' ? 'traceback' : 'text' }];
    }
    case 'call':
      return textsOfCall(look, expression, scope, left);
    case 'conditional': {
      if (isOf(node, OF_STATUS, expression.test, scope)) return [];
      const held = inProduction(node, {
        scope,
        conditions: [{ kind: 'if', test: expression.test, holds: true }],
      });
      const isKind = isOf(node, OF_KIND, expression.test, scope);
      return [
        ...(held === 'no' || isKind ? [] : [expression.then]),
        ...(held === 'yes' ? [] : [expression.otherwise]),
      ].flatMap(part => textsIn(look, part, scope, left));
    }
    case 'logical': {
      const { operator, right } = expression;
      if (operator !== 'and')
        return [expression.left, right].flatMap(part => textsIn(look, part, scope, left));
      const conditions: readonly Condition[] = [{ kind: 'if', test: expression.left, holds: true }];
      const isOff = inProduction(node, { scope, conditions }) === 'no' || isNarrowed(node, conditions, scope);
      return isOff ? [] : textsIn(look, right, scope, left);
    }
    case 'binary':
      return expression.operator === '+'
        ? [expression.left, expression.right].flatMap(part => textsIn(look, part, scope, left))
        : [];
    case 'dictionary':
      return expression.entries.flatMap(({ value }) => textsIn(look, value, scope, left));
    case 'template':
    case 'collection':
    case 'spread':
    case 'await':
      return partsOf(expression).flatMap(part => textsIn(look, part, scope, left));
    default:
      return [];
  }
}

function textsOfCall(look: Look, call: Call, scope: Scope, left: number): readonly ErrorText[] {
  const { node } = look;
  const word = lastNameOf(call.callee);
  const object = call.callee.kind === 'attribute' ? call.callee.object : undefined;
  if (object && word === 'toString' && isError(look, object, scope, left))
    return [{ at: call, scope, what: 'text' }];
  const own = node.resolve(call.callee, scope);
  if (own?.kind === 'function' && left > 0) {
    const given = call.args.filter(
      ({ value }) => isError(look, value, scope, left) || isText(look, value, scope, left),
    );
    const passes = given.some(({ value }) =>
      resultsHold(
        look,
        own.definition,
        own.scope,
        call.args.findIndex(arg => arg.value === value),
        left - 1,
      ),
    );
    return passes && given[0] ? [{ at: given[0].value, scope, what: 'text' }] : [];
  }
  return MAKES_TEXT.test(word) ? call.args.flatMap(({ value }) => textsIn(look, value, scope, left)) : [];
}

const isText = (look: Look, value: Expression, scope: Scope, left: number): boolean =>
  textsIn(look, value, scope, left).length > 0;

/** Whether what an own function gives back holds the text of what it is given at a position. */
function resultsHold(
  { node }: Look,
  definition: FunctionDefinition,
  scope: Scope,
  position: number,
  left: number,
): boolean {
  const parameters: ErrorParameters = new Map([[definition, position]]);
  const look: Look = { node, parameters, seen: new Set() };
  const inside = scope.inner(definition);
  return node.code.search
    .statementsInside(definition)
    .some(
      ({ statement, scope: at, conditions }) =>
        statement.kind === 'return' &&
        statement.value !== undefined &&
        at === inside &&
        !isNarrowed(node, conditions, at) &&
        textsIn(look, statement.value, at, left).length > 0,
    );
}

type Name = Extract<Expression, { kind: 'name' }>;

interface Bound {
  readonly bindings: readonly Binding[];
  readonly scope: Scope;
}

const boundTo = (node: CodeView, { name, start }: Name, scope: Scope): Bound | undefined =>
  node.code.resolver.bindings(name, scope, start);

/** A name that holds an error, or a text that was taken of one. */
function textsOfName(look: Look, expression: Name, scope: Scope, left: number): readonly ErrorText[] {
  const { node, seen } = look;
  if (seen.has(expression)) return [];
  seen.add(expression);
  if (isError(look, expression, scope, left))
    return isGuarded(node, expression, scope) ? [] : [{ at: expression, scope, what: 'text' }];
  const found = boundTo(node, expression, scope);
  if (!found || left === 0) return [];
  if (isReplaced(look, expression, found, left)) return [];
  const values = found.bindings.filter(binding => binding.kind === 'value');
  for (const each of values) {
    if (isNarrowed(node, each.conditions, found.scope)) continue;
    const [text] = textsIn(look, each.value, found.scope, left - 1);
    if (text) return [{ ...text, at: expression, scope }];
  }
  return given(look, found, left);
}

/** `if (status >= 500) message = "…"`: of errors that nobody knows something else is said. */
function isReplaced(look: Look, { name, start }: Name, { scope }: Bound, left: number): boolean {
  const { node } = look;
  const { definition } = scope;
  if (definition?.kind !== 'function') return false;
  // What is looked at here is not done with.
  const apart: Look = { ...look, seen: new Set(look.seen) };
  return node.code.search
    .statementsInside(definition)
    .some(
      ({ statement, scope: at, conditions }) =>
        statement.kind === 'assign' &&
        statement.declares === 'nothing' &&
        statement.start < start &&
        statement.targets.some(target => target.kind === 'name' && target.name === name) &&
        conditions.some(({ kind }) => kind === 'if') &&
        (isOfUnknown(node, conditions, at) || inProduction(node, { scope: at, conditions }) === 'yes') &&
        !(statement.value && isText(apart, statement.value, at, left - 1)),
    );
}

/** `if (!(error instanceof HttpError))` */
const DENIED = /^!.*(instanceof|\bis[A-Z])/;

/** Tests of the status, and those that hold where an error is none of the known ones. */
const isOfUnknown = (node: CodeView, conditions: readonly Condition[], scope: Scope): boolean =>
  conditions.some(
    condition =>
      condition.kind === 'if' &&
      (isOf(node, OF_STATUS, condition.test, scope) ||
        (!condition.holds && isOf(node, OF_KIND, condition.test, scope)) ||
        (condition.holds && DENIED.test(node.textOf(scope, condition.test)))),
  );

/** `function fail(res, message) { res.json({ message }) }`: what its callers hand over. */
function given(look: Look, { bindings, scope }: Bound, left: number): readonly ErrorText[] {
  const [binding] = bindings;
  const { definition, parent } = scope;
  if (binding?.kind !== 'parameter' || definition?.kind !== 'function' || definition.name === '' || !parent)
    return [];
  return look.node.code.callersOf(definition, parent).flatMap(caller => {
    const value = caller.call.args[binding.position]?.value;
    if (!value || look.node.reached(caller) === 'no') return [];
    return isNarrowed(look.node, caller.conditions, caller.scope)
      ? []
      : textsIn(look, value, caller.scope, left - 1);
  });
}

/** Whether an expression is an error that may have come from anywhere. */
function isError(look: Look, expression: Expression, scope: Scope, left: number): boolean {
  if (expression.kind !== 'name' || left === 0) return false;
  const found = boundTo(look.node, expression, scope);
  const [binding] = found?.bindings ?? [];
  if (!found || !binding) return false;
  if (binding.kind === 'parameter') return isGivenError(look, binding.position, found.scope);
  if (binding.kind !== 'other' || !binding.within) return false;
  const { start } = binding.within;
  return look.node.textOf(found.scope, { start, end: start + 'catch'.length }) === 'catch';
}

const ERROR_NAME = /^_?(e|err|error|ex|exception)$/;
const GOES_THROUGH = /^(map|forEach|filter|some|every|find|flatMap|reduce|sort|use|on|once)$/;

/** The error of an error handler, of `.catch(error => …)`, or of `(err, rows) => …`. */
function isGivenError({ parameters }: Look, position: number, { definition }: Scope): boolean {
  if (definition?.kind !== 'function') return false;
  const known = parameters.get(definition);
  if (known !== undefined) return known === position;
  const [handed] = definition.handedTo;
  if (!handed) return false;
  const word = lastNameOf(handed.call.callee);
  if (word === 'catch') return position === 0;
  if (word === 'then') return handed.position === 1 && position === 0;
  const name = definition.params[position]?.name ?? '';
  return position === 0 && ERROR_NAME.test(name) && !GOES_THROUGH.test(word) && definition.params.length < 4;
}

/** `if (!(err instanceof HttpError)) { …; return; }`: what was not written for callers has left before. */
function isGuarded(node: CodeView, { start }: Span, scope: Scope): boolean {
  const { definition } = scope;
  if (definition?.kind !== 'function') return false;
  return node.code.search.statementsInside(definition).some(({ statement, scope: at }) => {
    if (statement.kind !== 'if' || statement.end > start || at !== scope) return false;
    const test = node.textOf(at, statement.test);
    const last = statement.body.at(-1)?.kind;
    return test.startsWith('!') && OF_KIND.test(test) && (last === 'return' || last === 'raise');
  });
}
