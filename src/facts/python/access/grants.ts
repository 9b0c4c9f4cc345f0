import type { IdentityGrant, Truth } from '../../../model/index.ts';
import { purposeOf } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';

/** Calls that compare a password or check what another party signed. */
const CHECKS =
  /(check_password_hash|check_password|checkpw|verify_password|verify|verify_and_update|authenticate\w*|validate_password|is_correct_password|compare_digest|authorize_access_token|fetch_token|oauth\w*|parse_id_token|verify_oauth2_token|verify_token|confirm_token|loads|decode|login_user_by\w*|check_credentials|try_login|valid_login|check_login)$/i;

const TOKEN_MAKERS = [
  'jwt.encode',
  'jose.jwt.encode',
  'authlib.jose.jwt.encode',
  'flask_jwt_extended.create_access_token',
  'flask_jwt_extended.create_refresh_token',
];
const SESSION_STARTERS = [
  'flask_login.login_user',
  'flask_security.login_user',
  'flask_security.utils.login_user',
];

const IDENTITY_KEYS =
  /^(user|user_id|userid|uid|username|email|role|roles|is_admin|account_id|logged_in|id|_user_id)$/i;
const CHOSEN_KEYS = /role|admin|permission|scope/i;

const lastName = (python: PythonView, handler: Handler): readonly string[] =>
  python.callsWithin(handler.function, 3).map(site => {
    const { callee } = site.call;
    return callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  });

/** Whether the handler, or an own function that it calls, checks a password or another proof. */
function isChecked(python: PythonView, handler: Handler): Truth {
  if (lastName(python, handler).some(name => CHECKS.test(name))) return 'yes';
  const text = python.textOf(handler.function.scope, handler.function.definition);
  if (/password\s*(==|!=)|(==|!=)\s*\w*password|hmac\.|digest/i.test(text)) return 'yes';
  // A lookup in a part that cannot be followed may check as well.
  return /validate_on_submit|form\.validate|authenticate|credential|oauth/i.test(text) ? 'unclear' : 'no';
}

/** `session["user_id"] = …` in a handler. */
function* sessionGrants(python: PythonView, handler: Handler): Generator<IdentityGrant> {
  const scope = python.code.resolver.insideOf(handler.function);
  for (const { statement, scope: own } of python.code.search.statementsInside(handler.function.definition)) {
    if (own !== scope || statement.kind !== 'assign' || !statement.value) continue;
    for (const target of statement.targets) {
      if (target.kind !== 'subscript' || target.index.kind !== 'string') continue;
      if (
        !/(^|\.)session(\[\])?$/.test(python.nameOf(target.object, own)) ||
        !IDENTITY_KEYS.test(target.index.value)
      )
        continue;
      const term = python.evaluate(statement.value, own);
      const fromCaller = term.kind === 'input';
      yield {
        kind: 'identityGrant',
        at: python.at(own, statement),
        route: handler.route.id,
        by: 'session',
        checked: isChecked(python, handler),
        chosen: fromCaller ? (CHOSEN_KEYS.test(target.index.value) ? 'role' : 'user') : '',
        reached: handler.route.reached,
      };
    }
  }
}

function* callGrants(python: PythonView, handler: Handler): Generator<IdentityGrant> {
  for (const site of python.callsWithin(handler.function, 2)) {
    const name = python.nameOf(site.call.callee, site.scope);
    const by = TOKEN_MAKERS.includes(name)
      ? 'token'
      : SESSION_STARTERS.includes(name)
        ? 'session'
        : undefined;
    if (!by) continue;
    yield {
      kind: 'identityGrant',
      at: python.at(site.scope, site.call),
      route: handler.route.id,
      by,
      checked: isChecked(python, handler),
      chosen: '',
      reached: handler.route.reached,
    };
  }
}

/** Places where a handler gives a session or token to the caller. */
export default defineExtractor({
  id: 'python/access/grants',
  reads: ['route'],
  produces: ['identityGrant'],
  understands: hasPython,
  *extract({ python }) {
    for (const handler of handlersOf(python)) {
      if (purposeOf(handler.route) === 'sign-out') continue;
      yield* sessionGrants(python, handler);
      yield* callGrants(python, handler);
    }
  },
});
