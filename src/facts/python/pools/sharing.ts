import { unclear, stated, type Value } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import { servingFunctions } from '../serving.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const CACHED = /^(lru_cache|cache|cached|singleton|cached_property|st_cache_resource|cache_resource)$/;
/** Objects that live as long as one request. */
const PER_REQUEST = /^(g|_app_ctx_stack|top|ctx|request)\b/;

/** Connections for one task: a migration, a question whether the server is there. */
const TASK = /migrat|alembic|upgrade|backup|seed|wait|ping|health|pre_?start|init_?db/i;

export const isForTask = ({ scope }: Pick<CallSite, 'scope'>): boolean =>
  TASK.test(functionAround(scope)?.name ?? '') || TASK.test(scope.module.path);

/** How often a connection is made: once for all, or each time that somebody needs it. */
export function timesMade(python: PythonView, site: CallSite): Value<'once' | 'each-call'> {
  const around = functionAround(site.scope);
  if (!around || around.name === '__init__' || isKept(python, site)) return stated('once');
  if (around.decorators.some(each => CACHED.test(lastNameOf(each.kind === 'call' ? each.callee : each))))
    return stated('once');
  if (runsAtStart(python, site) === 'yes') return stated('once');
  if (servingFunctions(python).has(around)) return stated('each-call');
  // What frameworks inject, what a `with` opens and what only methods call cannot be told from here.
  return around.name.startsWith('get_') || /conn|cursor|session/i.test(around.name)
    ? stated('each-call')
    : unclear(`how often ${around.name} is called cannot be told`);
}

/** It is kept in a global name, or in an object, and only made when it is not there yet. */
function isKept(python: PythonView, { statement, scope, conditions, call }: CallSite): boolean {
  if (statement.kind !== 'assign') return false;
  const isGuarded = conditions.some(each => each.kind === 'if' && asksForNothing(each.test));
  const isLasting = statement.targets.some(
    target =>
      (target.kind === 'attribute' && !PER_REQUEST.test(python.textOf(scope, target.object))) ||
      (target.kind === 'name' && isGlobal(python, target.name, scope)),
  );
  return isLasting && (isGuarded || unwrapped(statement.value) === call);
}

const unwrapped = (expression: Expression | undefined): Expression | undefined =>
  expression?.kind === 'await' ? expression.value : expression;

/** `x is None`, `not x`. */
const asksForNothing = (test: Expression): boolean =>
  expressionsIn(test).some(
    each =>
      (each.kind === 'unary' && each.operator === 'not') ||
      (each.kind === 'binary' && (each.operator === 'is' || each.operator === '==')),
  );

const isGlobal = (python: PythonView, name: string, scope: CallSite['scope']): boolean =>
  new RegExp(`\\bglobal\\b[^\\n]*\\b${name}\\b`).test(
    scope.definition ? python.textOf(scope, scope.definition) : '',
  );
