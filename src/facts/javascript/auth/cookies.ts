import type { SessionCookie, Term } from '../../../model/index.ts';
import { byDefault, stated } from '../../../model/index.ts';
import { flagOf, type Delivered } from '../../code/flags.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { deliveredToNode } from '../start/delivered.ts';

/** A library that keeps sessions by itself, with a cookie that is careful unless it is told otherwise. */
interface Library {
  readonly names: readonly string[];
  /** Where its options stand; -1: at the end. */
  readonly position: number;
  /** Ways through the options to those of its cookie. */
  readonly cookie: readonly (readonly string[])[];
  /** The option that leaves `Secure` out. */
  readonly secure: readonly string[];
}

const LIBRARIES: readonly Library[] = [
  {
    names: ['next-auth', '@auth/core.Auth'],
    position: 0,
    cookie: [['cookies', 'sessionToken', 'options']],
    secure: ['useSecureCookies'],
  },
  {
    names: ['better-auth.betterAuth', 'better-auth/minimal.betterAuth'],
    position: 0,
    cookie: [
      ['advanced', 'defaultCookieAttributes'],
      ['advanced', 'cookies', 'session_token', 'attributes'],
    ],
    secure: ['advanced', 'useSecureCookies'],
  },
  {
    names: [
      'iron-session.getIronSession',
      'iron-session/edge.getIronSession',
      'iron-session/next.withIronSessionApiRoute',
    ],
    position: -1,
    cookie: [['cookieOptions']],
    secure: [],
  },
  {
    names: ['lucia.Lucia', 'lucia.lucia'],
    position: 1,
    cookie: [['sessionCookie', 'attributes']],
    secure: [],
  },
];

const at = (term: Term | undefined, way: readonly string[]): Term | undefined =>
  way.reduce<Term | undefined>(
    (object, name) =>
      object?.kind === 'object' ? object.entries.find(([key]) => key === name)?.[1] : undefined,
    term,
  );

function cookieOf(node: CodeView, site: CallSite, library: Library, starts: Delivered): SessionCookie {
  const { position, cookie, secure } = library;
  const options = node.args(site).arg(position === -1 ? site.call.args.length - 1 : position, '');
  const found = cookie.flatMap(way => at(options, way) ?? []);
  const flag = (name: string) => found.map(each => at(each, [name])).find(each => each !== undefined);
  const secured = flag('secure') ?? (secure.length > 0 ? at(options, secure) : undefined);
  const sameSite = flag('sameSite');
  return {
    kind: 'sessionCookie',
    at: node.at(site.scope, site.call),
    secure: secured ? flagOf(secured, starts, true) : byDefault(true),
    httpOnly: flagOf(flag('httpOnly'), starts, true),
    sameSite:
      sameSite?.kind === 'literal'
        ? stated(sameSite.value !== false && sameSite.value !== 'none')
        : byDefault(true),
    bounded: byDefault(true),
    reached: node.reached(site),
  };
}

/** Cookies of sessions that a library keeps: careful by default, as far as the options leave them so. */
export default defineExtractor({
  id: 'javascript/auth/cookies',
  reads: ['startPath'],
  produces: ['sessionCookie'],
  understands: hasNode,
  *extract({ node, facts }): Generator<SessionCookie> {
    const starts = deliveredToNode(facts.all('startPath'));
    for (const library of LIBRARIES)
      for (const site of node.calls(...library.names)) yield cookieOf(node, site, library, starts);
  },
});
