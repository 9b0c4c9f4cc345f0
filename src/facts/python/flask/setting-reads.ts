import type { AppSetting, Term } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';

const CONFIG = /^flask\.(current_app|Flask\(\))\.config$/;

/** Which setting `app.config["KEY"]`, `current_app.config.get("KEY")` or `app.config["KEY"].split(",")` reads. */
function keyOf(python: PythonView, expression: Expression, scope: Scope): string | undefined {
  if (expression.kind === 'subscript')
    return expression.index.kind === 'string' && CONFIG.test(python.nameOf(expression.object, scope))
      ? expression.index.value
      : undefined;
  if (expression.kind !== 'call' || expression.callee.kind !== 'attribute') return undefined;
  const { object, name } = expression.callee;
  if (name === 'split' || name === 'strip') return keyOf(python, object, scope);
  const key = name === 'get' ? expression.args[0]?.value : undefined;
  return key?.kind === 'string' && CONFIG.test(python.nameOf(object, scope)) ? key.value : undefined;
}

/** What a setting of the app was set to, where an expression reads it. */
export function settingRead(
  python: PythonView,
  expression: Expression | undefined,
  scope: Scope,
  settings: readonly AppSetting[],
): Term | undefined {
  const key = expression && keyOf(python, expression, scope);
  return settings.find(setting => setting.key === key && setting.reached !== 'no')?.term;
}
