import type { CsrfCheck, SessionCookie, Term, Value } from '../../../model/index.ts';
import { byDefault, stated, unclear } from '../../../model/index.ts';
import { flagOf, type Delivered } from '../../code/flags.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';
import { libraryPlugins } from '../fastify/plugins.ts';
import { readsFramework } from '../frameworks.ts';
import { mountOf } from '../mounted.ts';
import { deliveredToNode } from '../start/delivered.ts';

/** Sessions: where their cookie's flags stand, at which argument, and whether scripts may read it by default. */
const SESSIONS: readonly (readonly [maker: string, position: number, within: string])[] = [
  ['express-session', 0, 'cookie'],
  ['cookie-session', 0, ''],
  ['koa-session', 0, ''],
  ['koa-generic-session', 0, 'cookie'],
];

/** Calls that set one cookie: where its name and its options stand. */
const SETTERS: readonly (readonly [word: string, name: number, options: number])[] = [
  ['cookie', 0, 2],
  ['setCookie', 1, 3],
  ['set', 0, 2],
];

const OF_SESSION = /sess|token|auth|jwt|\bsid\b/i;

const isSet = (term: Term | undefined, isOpen: boolean): Value<boolean> => {
  if (!term) return isOpen ? unclear('its options cannot be followed') : byDefault(false);
  if (term.kind === 'literal')
    return stated(term.value !== null && term.value !== false && term.value !== 'none');
  return term.kind === 'unclear' ? unclear(term.because) : stated(true);
};

export interface Flags {
  readonly secure: Value<boolean>;
  readonly httpOnly: Value<boolean>;
  readonly sameSite: Value<boolean>;
  readonly bounded: Value<boolean>;
}

export function flagsOf(options: Term | undefined, starts: Delivered, httpOnly: boolean): Flags {
  const entry = (name: string): Term | undefined =>
    options?.kind === 'object' ? options.entries.find(([key]) => key === name)?.[1] : undefined;
  const isOpen = options !== undefined && (options.kind !== 'object' || options.open);
  const flag = (name: string, otherwise: boolean): Value<boolean> => {
    const term = entry(name);
    if (!term && isOpen) return unclear('its options cannot be followed');
    // `auto`: secure wherever the request came over TLS.
    return term?.kind === 'literal' && term.value === 'auto' ? stated(true) : flagOf(term, starts, otherwise);
  };
  return {
    secure: flag('secure', false),
    httpOnly: flag('httpOnly', httpOnly),
    sameSite: isSet(entry('sameSite'), isOpen),
    bounded: isSet(entry('maxAge') ?? entry('expires'), isOpen),
  };
}

/** `if (isProduction) session.cookie.secure = true` */
const isMadeSecure = ({ scope }: CallSite): boolean =>
  /\.cookie\.secure\s*=\s*(true|!0)/.test(scope.module.file.text);

/** The plugin for sessions sets Secure and HttpOnly unless it is told otherwise. */
function* sessionsOfFastify(node: CodeView, starts: Delivered): Generator<SessionCookie> {
  for (const { site, options, wired } of libraryPlugins(node, '@fastify/session', 'fastify-session')) {
    const inner = optionOf(node, options, 'cookie');
    const cookie = inner && node.evaluate(inner.expression, inner.scope);
    const flags = flagsOf(cookie, starts, true);
    yield {
      kind: 'sessionCookie',
      at: node.at(site.scope, site.call),
      ...flags,
      secure: flags.secure.state === 'default' ? byDefault(true) : flags.secure,
      reached: wired,
    };
  }
}

function* sessions(node: CodeView, starts: Delivered): Generator<SessionCookie> {
  for (const [maker, position, within] of SESSIONS)
    for (const site of node.calls(maker)) {
      const args = node.args(site);
      const options = args.arg(position, '');
      const inner = within === '' || !options ? options : args.member(options, within);
      const isOpen = options !== undefined && (options.kind !== 'object' || options.open);
      const flags = flagsOf(inner ?? (isOpen ? options : undefined), starts, true);
      yield {
        kind: 'sessionCookie',
        at: node.at(site.scope, site.call),
        ...flags,
        secure: isMadeSecure(site) ? stated(true) : flags.secure,
        reached: mountOf(node, site).covers === 'none' ? 'unclear' : node.reached(site),
      };
    }
}

/** `res.cookie("token", …)`, `ctx.cookies.set(…)`, `setCookie(c, …)` */
function* plainCookies(node: CodeView, starts: Delivered): Generator<SessionCookie> {
  for (const [word, namedAt, optionsAt] of SETTERS)
    for (const site of node.callsOnOthers(word)) {
      if (!isCookieSetter(node, site, word)) continue;
      const args = node.args(site);
      const name = args.arg(namedAt, '');
      if (name?.kind !== 'literal' || !holdsSession(String(name.value), args.arg(namedAt + 1, ''))) continue;
      const flags = flagsOf(args.arg(optionsAt, ''), starts, word === 'set');
      yield {
        kind: 'sessionCookie',
        at: node.at(site.scope, site.call),
        ...flags,
        // Koa sets it by itself where the request came over TLS.
        secure:
          word === 'set' && flags.secure.state === 'default'
            ? unclear('it is set where the request came over TLS, which the proxy must say')
            : flags.secure,
        reached: node.reached(site),
      };
    }
}

/** `(await cookies()).set("session", token, { … })`, and the same with one object: scripts may read it by default. */
function* nextCookies(node: CodeView, starts: Delivered): Generator<SessionCookie> {
  for (const site of node.calls('next/headers.cookies().set', ...RESPONSES)) {
    const args = node.args(site);
    const first = args.arg(0, '');
    const whole = first?.kind === 'object' ? first : undefined;
    const name = whole ? args.member(whole, 'name') : first;
    const value = whole ? args.member(whole, 'value') : args.arg(1, '');
    if (name?.kind !== 'literal' || !holdsSession(String(name.value), value)) continue;
    yield {
      kind: 'sessionCookie',
      at: node.at(site.scope, site.call),
      ...flagsOf(whole ?? args.arg(2, ''), starts, false),
      reached: node.reached(site),
    };
  }
}

const RESPONSES = ['next', 'redirect', 'json', 'rewrite']
  .map(maker => `next/server.NextResponse.${maker}().cookies.set`)
  .concat('next/server.NextResponse().cookies.set');

/** An empty value takes the cookie away. */
const holdsSession = (name: string, value: Term | undefined): boolean =>
  OF_SESSION.test(name) &&
  !/csrf|xsrf/i.test(name) &&
  value !== undefined &&
  !(value.kind === 'literal' && (value.value === '' || value.value === null));

function isCookieSetter(node: CodeView, { call, scope }: CallSite, word: string): boolean {
  const { callee } = call;
  if (word === 'set' && callee.kind === 'attribute')
    return (
      callee.object.kind === 'attribute' &&
      callee.object.name === 'cookies' &&
      !node.nameOf(callee, scope).startsWith('next/')
    );
  const name = node.nameOf(callee, scope);
  if (word === 'setCookie') return name === 'hono/cookie.setCookie';
  if (callee.kind !== 'attribute') return false;
  return name === 'express.Response().cookie' || /^(express\.Response\(\)\.\w+\(\)\.cookie)$/.test(name);
}

/** Checks against requests from other sites. */
const CSRF = [
  'csurf',
  '@dr.pogodin/csurf',
  'csrf-csrf.doubleCsrf',
  'csrf-sync.csrfSync',
  'lusca.csrf',
  'tiny-csrf',
  'koa-csrf',
  'hono/csrf.csrf',
];

function* csrf(node: CodeView): Generator<CsrfCheck> {
  const suites = node.calls('lusca').filter(site => {
    const options = node.args(site).arg(0, '');
    return options?.kind === 'object' && options.entries.some(([key]) => key === 'csrf');
  });
  for (const site of [...node.calls(...CSRF), ...suites]) {
    const { wired, missing } = mountOf(node, site);
    yield {
      kind: 'csrfCheck',
      at: node.at(site.scope, site.call),
      says: wired === 'no' ? missing || 'is made and never put on the app' : 'is put on the app',
      wired,
    };
  }
}

/** Cookies that hold a session, and checks against requests from other sites. */
export default defineExtractor({
  id: 'javascript/sessions/cookies',
  reads: ['startPath'],
  produces: ['sessionCookie', 'csrfCheck'],
  understands: readsFramework,
  *extract({ node, facts }) {
    const starts = deliveredToNode(facts.all('startPath'));
    yield* sessions(node, starts);
    yield* sessionsOfFastify(node, starts);
    yield* plainCookies(node, starts);
    yield* nextCookies(node, starts);
    yield* csrf(node);
  },
});
