import type { AccountPassword, AppSetting, Term } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { hashersIn } from '../access/hashers.ts';
import { argumentOf } from '../../code/callers.ts';
import { settingRead } from '../flask/setting-reads.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { stops } from '../../code/setting-checks.ts';

/** Methods and own functions that give a password to an account, by their names. */
const SETTERS = [
  'set_password',
  'create_user',
  'create_superuser',
  'add_user',
  'create_admin',
  'register_user',
  'hash_password',
  'get_password_hash',
  'generate_password_hash',
];
const MODEL =
  /^(User|Account|Admin|AdminUser|Member|Staff|Employee|Person|UserModel|UserCreate|AppUser|Operator)$/;

/** A hash that is made so that unknown users take as long as known ones, or to try the hasher. */
const NO_ACCOUNT = /dummy|fake|timing|placeholder|invalid|unusable|sentinel|random/i;

const isEmpty = (term: Term): boolean =>
  term.kind === 'literal' && (term.value === null || term.value === '' || typeof term.value === 'boolean');

const found = (python: PythonView, site: CallSite, password: Term): AccountPassword | undefined =>
  isEmpty(password) || NO_ACCOUNT.test(python.textOf(site.scope, site.statement).slice(0, 200))
    ? undefined
    : {
        kind: 'accountPassword',
        at: python.at(site.scope, site.call),
        callee: python.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60),
        how: 'created',
        password,
        reached: python.reached(site),
      };

function* created(python: PythonView, settings: readonly AppSetting[]): Generator<AccountPassword> {
  for (const { site } of hashersIn(python)) {
    const { definition } = site.scope;
    // In a helper of the service's own, what its callers give is found where they call it.
    if (definition?.kind === 'function' && SETTERS.includes(definition.name)) continue;
    const password = argumentOf(python, site, 0, 'password') ?? argumentOf(python, site, -1, 'secret');
    const fact = password && found(python, site, password);
    if (fact) yield fact;
  }
  for (const site of python.callsEnding(...SETTERS)) {
    const named = argumentOf(python, site, -1, 'password');
    const isDirect = /^(set_password|hash_password|get_password_hash|generate_password_hash)$/.test(
      wordOf(site.call.callee),
    );
    const [given] = site.call.args.filter(({ name }) => name === 'password' || (isDirect && name === ''));
    const password =
      settingRead(python, given?.value, site.scope, settings) ??
      named ??
      (isDirect ? argumentOf(python, site, 0, '') : undefined) ??
      strongest(python, site);
    const isElsewhere =
      /^(keyring|keyrings)\./.test(python.nameOf(site.call.callee, site.scope)) ||
      /^keyring\./.test(python.textOf(site.scope, site.call.callee));
    const fact = password && !isElsewhere ? found(python, site, password) : undefined;
    if (fact) yield fact;
  }
}

/** `create_user("admin", "admin123")`: the last of several literals. */
function strongest(python: PythonView, site: CallSite): Term | undefined {
  const positional = site.call.args.filter(arg => arg.name === '' && arg.spread === '');
  const terms = positional.map(arg => python.evaluate(arg.value, site.scope));
  const texts = terms.filter(term => term.kind === 'literal' && typeof term.value === 'string');
  return texts.length >= 2 && texts.length === terms.length ? texts.at(-1) : undefined;
}

/** `User(username="admin", password="…")`. */
function* models(python: PythonView): Generator<AccountPassword> {
  const names = new Set(
    python
      .classes()
      .map(({ definition }) => definition.name)
      .filter(name => MODEL.test(name)),
  );
  for (const site of python.callsEnding(...names)) {
    const password =
      argumentOf(python, site, -1, 'password') ?? argumentOf(python, site, -1, 'password_hash');
    // A hash call inside it is found by itself.
    if (!password || password.kind === 'call') continue;
    const fact = found(python, site, password);
    if (fact) yield fact;
  }
}

const wordOf = (expression: Expression): string =>
  expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '';

const PASSWORD = /(^|_)(password|passwd|pwd|pass)$/i;

/** `if username == "admin" and password == "…"`: an account that is built into the login. */
function* compared(python: PythonView): Generator<AccountPassword> {
  for (const { statement, scope, conditions } of python.statements('assw', 'pwd')) {
    if (scope.kind !== 'function') continue;
    for (const head of comparedIn(statement))
      for (const each of expressionsIn(head)) {
        if (each.kind !== 'binary' || !(each.operator === '==' || each.operator === '!=')) continue;
        const sides = [each.left, each.right] as const;
        const named = sides.find(side => PASSWORD.test(nameIn(side)));
        const other = named === each.left ? each.right : each.left;
        if (!named || !isLogin(statement, scope, each.operator)) continue;
        const password = python.evaluate(other, scope);
        if (literalTexts(password).length === 0) continue;
        yield {
          kind: 'accountPassword',
          at: python.at(scope, each),
          callee: python.textOf(scope, named).slice(0, 60),
          how: 'compared',
          password,
          reached: python.reached({ scope, conditions }),
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
    return wordOf(expression.callee) === 'get' && first?.value.kind === 'string' ? first.value.value : '';
  }
  return wordOf(expression);
}

/** `USERS = {"admin": "…"}` and lists of such accounts at the top of a module. */
function* tables(python: PythonView): Generator<AccountPassword> {
  for (const { statement, scope, conditions } of python.statements(
    'USERS',
    'users',
    'ACCOUNTS',
    'CREDENTIALS',
  )) {
    if (statement.kind !== 'assign' || statement.value?.kind !== 'dictionary' || scope.kind === 'function')
      continue;
    const [target] = statement.targets;
    if (
      target?.kind !== 'name' ||
      !/^_*(default_|fake_|builtin_)?(users|users_db|accounts|credentials|user_db|admin_users)$/i.test(
        target.name,
      )
    )
      continue;
    for (const { key, value } of statement.value.entries) {
      if (key?.kind !== 'string' || value.kind !== 'string' || value.value === '') continue;
      yield {
        kind: 'accountPassword',
        at: python.at(scope, value),
        callee: target.name,
        how: 'created',
        password: python.evaluate(value, scope),
        reached: python.reached({ scope, conditions }),
      };
    }
  }
}

/** Where accounts get their passwords. */
export default defineExtractor({
  id: 'python/standard/accounts',
  reads: ['appSetting'],
  produces: ['accountPassword'],
  understands: hasPython,
  *extract({ python, facts }) {
    const seen = new Set<string>();
    for (const fact of [
      ...created(python, facts.all('appSetting')),
      ...models(python),
      ...compared(python),
      ...tables(python),
    ]) {
      const place = `${fact.at.path}:${fact.at.startLine}`;
      if (seen.has(place)) continue;
      seen.add(place);
      yield fact;
    }
  },
});
