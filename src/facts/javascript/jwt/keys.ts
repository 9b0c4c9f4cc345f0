import type { SigningKey, Term } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { checkedBy } from './checked.ts';
import { unwrapped } from './unwrapped.ts';

/** Where a key stands: at a position, or as an entry of the options there. */
interface Slot {
  readonly position: number;
  readonly entries: readonly string[];
  readonly purpose: SigningKey['purpose'];
}

const token = (position: number, ...entries: readonly string[]): Slot => ({
  position,
  entries,
  purpose: 'token',
});
const session = (position: number, ...entries: readonly string[]): Slot => ({
  position,
  entries,
  purpose: 'session',
});

/** Calls that sign, or check what was signed with the same key. */
const SIGNERS: Readonly<Record<string, Slot>> = {
  'jsonwebtoken.sign': token(1),
  'jsonwebtoken.verify': token(1),
  'jwt-simple.encode': token(1),
  'hono/jwt.sign': token(1),
  'hono/utils/jwt.sign': token(1),
  'hono/jwt.jwt': token(0, 'secret'),
  'koa-jwt': token(0, 'secret'),
  'express-jwt': token(0, 'secret'),
  'express-jwt.expressjwt': token(0, 'secret'),
  'passport-jwt.Strategy': token(0, 'secretOrKey'),
  'express-session': session(0, 'secret'),
  'cookie-session': session(0, 'secret', 'keys'),
  'cookie-parser': session(0),
  'next-auth': session(0, 'secret'),
  'next-auth/jwt.getToken': session(0, 'secret'),
  '@auth/core.Auth': session(1, 'secret'),
  'better-auth.betterAuth': session(0, 'secret'),
  'better-auth/minimal.betterAuth': session(0, 'secret'),
  'iron-session.sealData': session(1, 'password'),
  'iron-session.unsealData': session(1, 'password'),
  'iron-session/next.withIronSessionApiRoute': session(1, 'password'),
  'iron-session/next.withIronSessionSsr': session(1, 'password'),
};

/** Calls that take their options last, after one or two things. */
const WITH_OPTIONS_LAST = ['iron-session.getIronSession', 'iron-session/edge.getIronSession'];

function keyOf(node: CodeView, site: CallSite, { position, entries }: Slot): Term | undefined {
  const args = node.args(site);
  const given = args.arg(position, '');
  if (!given || entries.length === 0) return given && unwrapped(given);
  for (const name of entries) {
    const entry = args.member(given, name);
    if (entry) return unwrapped(entry);
  }
  return undefined;
}

/** `new SignJWT(…).setProtectedHeader(…).sign(key)` */
const byJose = (node: CodeView): readonly (readonly [CallSite, Slot])[] =>
  node.imports('jose')
    ? node
        .callsEnding('sign')
        .filter(({ call, scope }) => node.nameOf(call.callee, scope).startsWith('jose.SignJWT()'))
        .map(site => [site, token(0)] as const)
    : [];

/** `getIronSession(await cookies(), options)`, and the older form with a request and a response. */
const sealed = (node: CodeView): readonly (readonly [CallSite, Slot])[] =>
  node
    .calls(...WITH_OPTIONS_LAST)
    .map(site => [site, session(site.call.args.length - 1, 'password')] as const);

/** Libraries that take their key from a variable unless they are given one, and do not start in production without. */
function usualVariable(node: CodeView, { call, scope, statement }: CallSite): string | undefined {
  const name = node.nameOf(call.callee, scope);
  if (/^better-auth(\/minimal)?\.betterAuth$/.test(name)) return 'BETTER_AUTH_SECRET';
  if (name === '@auth/core.Auth') return 'AUTH_SECRET';
  // The newer major version gives handlers and `auth`.
  return name === 'next-auth'
    ? /\b(handlers|auth)\b/.test(node.textOf(scope, { start: statement.start, end: call.start }))
      ? 'AUTH_SECRET'
      : 'NEXTAUTH_SECRET'
    : undefined;
}

function usualKey(node: CodeView, site: CallSite): Term | undefined {
  const name = usualVariable(node, site);
  const options = name === undefined ? undefined : node.args(site).arg(0, '');
  const isWritten = options?.kind === 'object' && !options.open;
  return name !== undefined && isWritten
    ? { kind: 'env', name, fallback: undefined, required: true, at: node.at(site.scope, site.call) }
    : undefined;
}

/** Keys of others: what is public, and what only checks tokens that another service signed. */
const isPublic = (node: CodeView, { call, scope }: CallSite): boolean =>
  /public|jwks|getKey/i.test(
    node.textOf(scope, call).replace(/NEXT_PUBLIC_\w+|public\w*(Routes|Paths)/g, ''),
  );

/** Keys given to what signs tokens and sessions. */
export default defineExtractor({
  id: 'javascript/jwt/keys',
  reads: ['settingCheck'],
  produces: ['signingKey'],
  understands: hasNode,
  *extract({ node, facts }): Generator<SigningKey> {
    const isChecked = checkedBy(facts.all('settingCheck'));
    const seen = new Set<string>();
    const known = Object.entries(SIGNERS).flatMap(([name, slot]) =>
      node.calls(name).map(site => [site, slot] as const),
    );
    for (const [site, slot] of [...known, ...byJose(node), ...sealed(node)]) {
      const term = isPublic(node, site) ? undefined : (keyOf(node, site, slot) ?? usualKey(node, site));
      if (!term) continue;
      const at = node.at(site.scope, site.call);
      const own = term.kind === 'literal' || term.kind === 'env' ? term.at : at;
      // The same key in several places is one.
      const id = `${own.path}:${own.startLine} ${slot.purpose}`;
      if (seen.has(id)) continue;
      seen.add(id);
      yield {
        kind: 'signingKey',
        at: own,
        purpose: slot.purpose,
        name: term.kind === 'env' ? term.name : 'the key',
        term,
        reached: node.reached(site),
        when: '',
        way: [{ at, says: 'signs with it' }],
        checkedAtStart: isChecked(term),
      };
    }
  },
});
