import type { DataOrigin } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { Scope } from '../scopes.ts';
import type { CodeView } from '../view.ts';
import { callsOf, held, originOf, worstOf, type Frame } from './flow.ts';
import { confines, isGuarded, notSame, type Use } from './guards.ts';
import { originOfAttribute, originOfSubscript } from './members.ts';
import { originOfName } from './names.ts';
import type { Policy } from './policy.ts';
import { originOfCall } from './results.ts';
import {
  constantAt,
  elsewhere,
  lookupIn,
  isConfinedBy,
  ofAll,
  saysOf,
  type Context,
  type Tracer,
} from './trace.ts';

/** How far values are followed through names, parameters and results. */
const DEEPEST = 18;
/** How many expressions one question may look at. */
const MOST_STEPS = 3000;

export interface Origins {
  of(expression: Expression, scope: Scope, frames?: readonly Frame[]): DataOrigin;
}

const asked = new WeakMap<CodeView, Map<Policy['id'], Origins>>();

/** Where values come from, as far as it matters for one kind of place where they end. */
export function originsFor(view: CodeView, policy: Policy): Origins {
  const all = asked.get(view) ?? new Map<Policy['id'], Origins>();
  asked.set(view, all);
  const before = all.get(policy.id);
  if (before) return before;
  const tracer = tracerFor(view, policy);
  const made: Origins = {
    of: (expression, scope, frames = []) => tracer.of(expression, elsewhere(scope, 0, frames)),
  };
  all.set(policy.id, made);
  return made;
}

function tracerFor(view: CodeView, policy: Policy): Tracer {
  const asking = new Set<Expression>();
  let steps = 0;
  const tracer: Tracer = {
    view,
    calls: callsOf(view),
    policy,
    of(expression, context) {
      // `x = x.strip()` in a loop ends where it began: that round adds nothing.
      if (asking.has(expression)) return constantAt(tracer, expression, context);
      if (context.depth === 0) steps = 0;
      if (context.depth > DEEPEST || steps++ > MOST_STEPS)
        return originOf('unclear', 'a value made in many steps', view.at(context.scope, expression));
      asking.add(expression);
      const found = originOfExpression(tracer, expression, { ...context, depth: context.depth + 1 });
      asking.delete(expression);
      if (found.kind !== 'input') return found;
      if (policy.harmlessInput.test(found.says))
        return { ...found, kind: 'checked', says: `${found.says}, harmless here` };
      return guarded(tracer, expression, context) ?? found;
    },
  };
  return tracer;
}

/** `if is_safe(request.args["next"]): return redirect(request.args["next"])` */
function guarded(tracer: Tracer, expression: Expression, { scope }: Context): DataOrigin | undefined {
  if (expression.kind !== 'call' && expression.kind !== 'subscript' && expression.kind !== 'attribute')
    return undefined;
  const { view, policy } = tracer;
  const body = scope.definition?.kind === 'function' ? scope.definition.body : [];
  const text = view.textOf(scope, expression);
  const use: Use = {
    name: '',
    at: expression.start,
    body,
    same: part => part.kind === expression.kind && view.textOf(scope, part) === text,
  };
  return isGuarded(use, policy, lookupIn(tracer, scope))
    ? originOf(
        'checked',
        `${saysOf(tracer, expression, { ...elsewhere(scope, 0) })} is held against what is allowed`,
        view.at(scope, expression),
      )
    : undefined;
}

function originOfExpression(tracer: Tracer, expression: Expression, context: Context): DataOrigin {
  switch (expression.kind) {
    case 'string':
    case 'constant':
      return constantAt(tracer, expression, context);
    case 'subscript':
      return originOfSubscript(tracer, expression, context);
    case 'attribute':
      return originOfAttribute(tracer, expression, context);
    case 'name':
      return originOfName(tracer, expression, context);
    case 'call':
      return originOfCall(tracer, expression, context);
    case 'conditional':
      return originOfConditional(tracer, expression, context);
    case 'comprehension':
      return tracer.of(expression.element, { ...context, locals: boundBy(tracer, expression, context) });
    default:
      return originOfParts(tracer, expression, context);
  }
}

function originOfParts(tracer: Tracer, expression: Expression, context: Context): DataOrigin {
  const at = tracer.view.at(context.scope, expression);
  switch (expression.kind) {
    case 'template':
      return ofAll(tracer, expression.parts, expression, context);
    case 'collection':
      return ofAll(tracer, expression.items, expression, context);
    case 'dictionary':
      return ofAll(
        tracer,
        expression.entries.flatMap(({ key, value }) => (key ? [key, value] : [value])),
        expression,
        context,
      );
    case 'logical':
      return originOfLogical(tracer, expression, context);
    case 'binary':
      return /^[+%/|*-]$/.test(expression.operator)
        ? ofAll(tracer, [expression.left, expression.right], expression, context)
        : originOf('checked', 'the result of a comparison', at);
    case 'await':
    case 'walrus':
    case 'spread':
      return tracer.of(expression.value, context);
    case 'unary':
      return expression.operator === 'not'
        ? originOf('checked', 'a truth', at)
        : // `+page` is a number, whatever it was before.
          originOf('checked', `the number ${saysOf(tracer, expression, context)}`, at);
    default:
      return originOf('unclear', saysOf(tracer, expression, context), at);
  }
}

/** `{ limit = 50 }`: what is a number when it is missing is one when somebody gives it, unless that is the caller. */
function originOfLogical(
  tracer: Tracer,
  expression: Extract<Expression, { kind: 'logical' }>,
  context: Context,
): DataOrigin {
  const { operator, left, right } = expression;
  const found = ofAll(tracer, [left, right], expression, context);
  const isNumber = operator !== 'and' && right.kind === 'constant' && typeof right.value === 'number';
  return isNumber && found.kind === 'unclear'
    ? originOf(
        'checked',
        `the number ${saysOf(tracer, expression, context)}`,
        tracer.view.at(context.scope, expression),
      )
    : found;
}

/** `column if column in COLUMNS else "id"` */
function originOfConditional(
  tracer: Tracer,
  expression: Extract<Expression, { kind: 'conditional' }>,
  context: Context,
): DataOrigin {
  const branch = (part: Expression, outcome: boolean): DataOrigin => {
    const isConfined = isConfinedBy(tracer, expression.test, outcome, part, context.scope);
    const origin = tracer.of(part, context);
    return isConfined && origin.kind !== 'constant' ? held(origin) : origin;
  };
  return worstOf(
    [branch(expression.then, true), branch(expression.otherwise, false)],
    constantAt(tracer, expression, context),
  );
}

function boundBy(
  tracer: Tracer,
  { clauses }: Extract<Expression, { kind: 'comprehension' }>,
  context: Context,
): ReadonlyMap<string, DataOrigin> {
  const locals = new Map(context.locals);
  for (const { target, iterable, conditions } of clauses) {
    const origin = tracer.of(iterable, { ...context, locals });
    for (const each of expressionsIn(target)) {
      if (each.kind !== 'name') continue;
      const use: Use = { name: each.name, at: each.start, body: [], same: notSame };
      const isConfined = conditions.some(test =>
        confines(test, true, tracer.policy, use, lookupIn(tracer, context.scope)),
      );
      locals.set(each.name, isConfined ? { ...origin, kind: 'checked' } : origin);
    }
  }
  return locals;
}
