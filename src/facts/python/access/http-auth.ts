import type { Call, Expression, FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import type { Scope } from '../../code/scopes.ts';
import type { DefinitionSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const known = new WeakMap<PythonView, ReadonlyMap<Call, DefinitionSite<FunctionDefinition>>>();

/** The functions that `@auth.verify_token` or `@auth.verify_password` hands to an authentication object. */
function callbacksOf(python: PythonView): ReadonlyMap<Call, DefinitionSite<FunctionDefinition>> {
  const before = known.get(python);
  if (before) return before;
  const found = new Map<Call, DefinitionSite<FunctionDefinition>>();
  for (const site of python.decorated())
    for (const decorator of site.definition.decorators) {
      if (decorator.kind !== 'attribute' || !/^verify_(token|password)$/.test(decorator.name)) continue;
      const made = madeBy(python, decorator.object, site.scope);
      if (made) found.set(made, site);
    }
  known.set(python, found);
  return found;
}

function madeBy(python: PythonView, object: Expression, scope: Scope): Call | undefined {
  const entity = python.resolve(object, scope);
  return entity?.kind === 'external' || entity?.kind === 'object' ? entity.made?.call : undefined;
}

/** `@auth.login_required` asks nobody when the check behind it lets in who brings nothing, or everybody. */
export function letsStrangersIn(python: PythonView, decorator: Expression, scope: Scope): boolean {
  const callee = decorator.kind === 'call' ? decorator.callee : decorator;
  const made = callee.kind === 'attribute' ? madeBy(python, callee.object, scope) : undefined;
  const callback = made && callbacksOf(python).get(made);
  if (!callback) return false;
  const { body, params } = callback.definition;
  const returned = [...statementsIn(body)].flatMap(each => (each.kind === 'return' ? [each.value] : []));
  if (returned.length > 0 && returned.every(isTrue)) return true;
  return [...statementsIn(body)].some(
    statement =>
      statement.kind === 'if' &&
      statement.body.some(each => each.kind === 'return' && isTrue(each.value)) &&
      params.some(({ name }) => asksForNothing(python, statement, name, callback.scope)),
  );
}

const isTrue = (value: Expression | undefined): boolean => value?.kind === 'constant' && value.value === true;

/** `if not token`, `if token == ""`, `if token is None` */
function asksForNothing(python: PythonView, statement: Statement, name: string, scope: Scope): boolean {
  if (statement.kind !== 'if') return false;
  const test = python.textOf(scope, statement.test);
  return new RegExp(`\\bnot\\s+${name}\\b|\\b${name}\\s*(==|is)\\s*(''|""|None\\b)`).test(test);
}

/** Objects that ask for a name and password with each request. */
export const asksForPasswords = (python: PythonView): boolean =>
  python.calls('flask_httpauth.HTTPBasicAuth').some(site => python.reached(site) !== 'no');
