import type { AccountPassword } from '../../model/index.ts';
import { literalTexts } from '../../model/index.ts';
import type { Expression, Statement } from '../../read/syntax.ts';
import { expressionsIn, headOf } from '../../read/walk.ts';
import type { Scope } from './scopes.ts';
import { stops } from './setting-checks.ts';
import type { CodeView } from './view.ts';

/** The last word of a name or member. */
export const wordIn = (expression: Expression): string =>
  expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '';

const PASSWORD = /(^|_)(password|passwd|pwd|pass)$/i;

/** `if username == "admin" and password == "…"`: an account that is built into the login. */
export function* comparedLogins(view: CodeView): Generator<AccountPassword> {
  for (const { statement, scope, conditions } of view.statements('assw', 'pwd')) {
    if (scope.kind !== 'function') continue;
    for (const head of comparedIn(statement))
      for (const each of expressionsIn(head)) {
        if (each.kind !== 'binary' || !(each.operator === '==' || each.operator === '!=')) continue;
        const sides = [each.left, each.right] as const;
        const named = sides.find(side => PASSWORD.test(nameIn(side)));
        const other = named === each.left ? each.right : each.left;
        if (!named || !isLogin(statement, scope, each.operator)) continue;
        const password = view.evaluate(other, scope);
        if (literalTexts(password).length === 0) continue;
        yield {
          kind: 'accountPassword',
          at: view.at(scope, each),
          callee: view.textOf(scope, named).slice(0, 60),
          how: 'compared',
          password,
          reached: view.reached({ scope, conditions }),
        };
      }
  }
}

/** A test that lets somebody in, and not one that turns weak passwords away. */
function isLogin(statement: Statement, { definition }: Scope, operator: string): boolean {
  if (statement.kind === 'if' && operator === '==' && stops(statement.body)) return false;
  const name = definition?.kind === 'function' ? definition.name : '';
  if (/login|log_in|sign_?in|auth|verify|check_(pass|cred|user)|validate_(user|cred)|credential/i.test(name))
    return true;
  return headOf(statement).some(head =>
    [...expressionsIn(head)].some(
      each =>
        each.kind === 'binary' &&
        [each.left, each.right].some(side => /(^|_)(user(name)?|login|email|name)$/i.test(nameIn(side))),
    ),
  );
}

const comparedIn = (statement: Statement): readonly Expression[] =>
  statement.kind === 'if' || statement.kind === 'return' ? headOf(statement) : [];

/** What holds the password: a name, a member, or an entry of the request. */
function nameIn(expression: Expression): string {
  if (expression.kind === 'subscript' && expression.index.kind === 'string') return expression.index.value;
  if (expression.kind === 'call') {
    const [first] = expression.args;
    return wordIn(expression.callee) === 'get' && first?.value.kind === 'string' ? first.value.value : '';
  }
  return wordIn(expression);
}
