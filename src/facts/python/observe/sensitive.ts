import type { LoggedValue } from '../../../model/index.ts';
import type { Call, Expression, FunctionDefinition } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import { loggedValues } from '../../code/logged-values.ts';
import type { Scope } from '../../code/scopes.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';

/** What of a log call's arguments nobody should read there; bodies that a framework has read into a model too. */
export const valuesLogged = (python: PythonView, call: Call, scope: Scope): readonly LoggedValue[] =>
  loggedValues(python, call, scope, (expression, inside) => isBody(python, expression, inside));

const SECRET_FIELD =
  /^(password|passwd|plain_password|new_password|secret|token|access_token|api_key|card_number|cvv)$/i;

/** A body that the framework has read into a model with something secret in it. */
function isBody(python: PythonView, expression: Expression, scope: Scope): boolean {
  if (expression.kind !== 'name') return false;
  const entity = python.resolve(expression, scope);
  if (entity?.kind !== 'object') return false;
  const holder = scope.definition;
  if (holder?.kind !== 'function' || !handlingFunctions(python).has(holder)) return false;
  if (!holder.params.some(({ name }) => name === expression.name)) return false;
  return (
    python.isKindOf(entity.of, 'pydantic.BaseModel', 'sqlmodel.SQLModel') && hasSecretField(python, entity.of)
  );
}

function hasSecretField(python: PythonView, of: ClassEntity): boolean {
  const own = [
    of,
    ...python.code.resolver.basesOf(of).flatMap(base => (base.kind === 'class' ? [base] : [])),
  ];
  return own.some(({ definition, scope }) =>
    definition.body.some(
      member =>
        member.kind === 'assign' &&
        member.targets.some(target => target.kind === 'name' && SECRET_FIELD.test(target.name)) &&
        !/Secret(Str|Bytes)|repr\s*=\s*False/.test(python.textOf(scope, member)),
    ),
  );
}

const handling = new WeakMap<PythonView, ReadonlySet<FunctionDefinition>>();

function handlingFunctions(python: PythonView): ReadonlySet<FunctionDefinition> {
  const before = handling.get(python);
  if (before) return before;
  const found = new Set(handlersOf(python).map(({ function: { definition } }) => definition));
  handling.set(python, found);
  return found;
}
