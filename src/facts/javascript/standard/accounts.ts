import type { AccountPassword, Term } from '../../../model/index.ts';
import { findTerm, literalTexts } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { holds } from '../../../read/text-filter.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { comparedLogins } from '../../code/account-logins.ts';
import { argumentOf } from '../../code/callers.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { HASHERS, passwordDerivations } from '../access/hashers.ts';

/** A hash that is made so that unknown users take as long as known ones, or to try the hasher. */
const NO_ACCOUNT = /dummy|fake|timing|placeholder|invalid|unusable|sentinel|random/i;

const isEmpty = (term: Term): boolean =>
  term.kind === 'literal' && (term.value === null || term.value === '' || typeof term.value === 'boolean');

function found(node: CodeView, site: CallSite, password: Term): AccountPassword | undefined {
  if (isEmpty(password) || NO_ACCOUNT.test(node.textOf(site.scope, site.statement).slice(0, 200)))
    return undefined;
  return {
    kind: 'accountPassword',
    at: node.at(site.scope, site.call),
    callee: node.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60),
    how: 'created',
    password,
    reached: node.reached(site),
  };
}

function* hashed(node: CodeView): Generator<AccountPassword> {
  for (const site of [...node.calls(...HASHERS), ...passwordDerivations(node)]) {
    const callers = callersGiving(node, site);
    for (const { caller, position } of callers.length > 0 ? callers : [{ caller: site, position: 0 }]) {
      const password = argumentOf(node, caller, position, '');
      const fact = password && found(node, caller, password);
      if (fact) yield fact;
    }
  }
}

/** Who calls a function that hashes what it is given: a script may, where the service is not concerned. */
function callersGiving(
  node: CodeView,
  { call, scope }: CallSite,
): readonly { readonly caller: CallSite; readonly position: number }[] {
  const given = call.args[0]?.value;
  if (given?.kind !== 'name') return [];
  for (let each: Scope | undefined = scope; each; each = each.parent) {
    const { definition } = each;
    if (definition?.kind !== 'function') continue;
    const position = definition.params.findIndex(({ name }) => name === given.name);
    if (position === -1) continue;
    return node.callsEnding(definition.name).flatMap(caller => {
      const callee = node.resolve(caller.call.callee, caller.scope);
      return callee?.kind === 'function' && callee.definition === definition ? [{ caller, position }] : [];
    });
  }
  return [];
}

/** Methods that keep a record, and classes whose objects are accounts. */
const KEEPS = [
  'create',
  'createUser',
  'createAdmin',
  'createAccount',
  'register',
  'registerUser',
  'signUp',
  'signUpEmail',
  'insert',
  'insertOne',
  'insertMany',
  'bulkCreate',
  'createMany',
  'save',
  'upsert',
  'findOrCreate',
  'values',
  'User',
  'Account',
  'Admin',
  'UserModel',
];
const PASSWORD = /^(password|passwd|pwd|plain_?password|password_?hash|hashed_?password)$/i;
const PERSON = /^(e?mail|user_?name|login|user|name|first_?name|role|roles|is_?admin)$/i;
const MACHINE = /^(host|hostname|port|server|database|dialect|secure|service|url)$/i;

/** An account that is written out: an object with a password beside a name or an address. */
const accountIn = (term: Term): Term | undefined => {
  const account = findTerm(
    term,
    each =>
      each.kind === 'object' &&
      each.entries.some(([key]) => PERSON.test(key)) &&
      !each.entries.some(([key]) => MACHINE.test(key)) &&
      each.entries.some(([key, value]) => PASSWORD.test(key) && isWritten(value)),
  );
  return account?.kind === 'object' ? account.entries.find(([key]) => PASSWORD.test(key))?.[1] : undefined;
};

/** What is hashed in place is found by its hash. */
const isWritten = (term: Term): boolean =>
  (term.kind === 'literal' || term.kind === 'env' || term.kind === 'oneOf') &&
  literalTexts(term).some(text => text !== '');

function* kept(node: CodeView): Generator<AccountPassword> {
  const within = new Set(node.modules().filter(({ file }) => holds(file, 'assw') || holds(file, 'pwd')));
  const { search } = node.code;
  for (const site of KEEPS.flatMap(word => search.callsEnding(word, within))) {
    if (site.call.args.length === 0) continue;
    const text = node.textOf(site.scope, site.statement);
    if (!/assw|pwd|users|accounts|seed|admin/i.test(text)) continue;
    // `app.register(plugin, { user, password })` gives a plugin what it signs in with.
    const given = lastNameOf(site.call.callee) === 'register' ? site.call.args.slice(0, 1) : site.call.args;
    for (const { value } of given) {
      const password = accountIn(node.evaluate(value, site.scope));
      const fact = password && found(node, site, password);
      if (fact) yield fact;
    }
  }
}

/** Middleware that asks for a name and a password, and where those stand that it lets in. */
const BASIC: Readonly<Record<string, string>> = {
  'express-basic-auth': 'users',
  'hono/basic-auth.basicAuth': 'password',
  'koa-basic-auth': 'pass',
};

/** `basicAuth({ users: { [name]: password } })` */
function* letIn(node: CodeView): Generator<AccountPassword> {
  for (const site of node.calls(...Object.keys(BASIC))) {
    const [options] = site.call.args;
    const wanted = BASIC[node.nameOf(site.call.callee, site.scope)] ?? '';
    const given = options && entryOf(options.value, wanted);
    const passwords =
      given?.kind === 'dictionary' ? given.entries.map(({ value }) => value) : given ? [given] : [];
    for (const value of passwords) {
      const fact = found(node, site, node.evaluate(value, site.scope));
      if (fact) yield { ...fact, how: 'compared' };
    }
  }
}

const entryOf = (options: Expression, name: string): Expression | undefined =>
  options.kind === 'dictionary'
    ? options.entries.find(({ key }) => key?.kind === 'string' && key.value === name)?.value
    : undefined;

/** Where accounts get their passwords. */
export default defineExtractor({
  id: 'javascript/standard/accounts',
  reads: [],
  produces: ['accountPassword'],
  understands: hasNode,
  *extract({ node }): Generator<AccountPassword> {
    const seen = new Set<string>();
    for (const fact of [...hashed(node), ...kept(node), ...letIn(node), ...comparedLogins(node)]) {
      const place = `${fact.at.path}:${fact.at.startLine}`;
      if (seen.has(place)) continue;
      seen.add(place);
      yield fact;
    }
  },
});
