import type { AccountPassword, AppSetting, Term } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { hashersIn } from '../access/hashers.ts';
import { argumentOf } from '../../code/callers.ts';
import { settingRead } from '../flask/setting-reads.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { comparedLogins, wordIn } from '../../code/account-logins.ts';

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
      wordIn(site.call.callee),
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
  const names = new Set(python.classesNamed(MODEL).map(({ definition }) => definition.name));
  for (const site of python.callsEnding(...names)) {
    const password =
      argumentOf(python, site, -1, 'password') ?? argumentOf(python, site, -1, 'password_hash');
    // A hash call inside it is found by itself.
    if (!password || password.kind === 'call') continue;
    const fact = found(python, site, password);
    if (fact) yield fact;
  }
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
      ...comparedLogins(python),
      ...tables(python),
    ]) {
      const place = `${fact.at.path}:${fact.at.startLine}`;
      if (seen.has(place)) continue;
      seen.add(place);
      yield fact;
    }
  },
});
