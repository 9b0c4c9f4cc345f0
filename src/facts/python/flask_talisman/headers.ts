import type { Protection, SecurityHeader, Term, Truth } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const NAMES = ['flask_talisman.Talisman', 'talisman.Talisman', 'flask_talisman.talisman.Talisman'];
const LATER = NAMES.map(name => `${name}().init_app`);

const isOff = (term: Term | undefined): boolean =>
  term?.kind === 'literal' && (term.value === null || term.value === false || term.value === '');

/** What it sends unless it is told otherwise. */
const DEFAULTS: readonly (readonly [string, string, string])[] = [
  ['x-content-type-options', 'x_content_type_options', 'nosniff'],
  ['x-frame-options', 'frame_options', 'SAMEORIGIN'],
  ['referrer-policy', 'referrer_policy', 'strict-origin-when-cross-origin'],
  ['strict-transport-security', 'strict_transport_security', 'max-age=31556926; includeSubDomains'],
  ['content-security-policy', 'content_security_policy', "default-src 'self'; object-src 'none'"],
];

function* headersOf(python: PythonView, site: CallSite, wired: Truth): Generator<SecurityHeader> {
  const args = python.args(site);
  for (const [name, option, otherwise] of DEFAULTS) {
    const term = args.arg(-1, option);
    if (isOff(term)) continue;
    const isText = name === 'content-security-policy' || name === 'x-frame-options';
    yield {
      kind: 'securityHeader',
      at: args.at,
      name,
      value: isText && term ? term : literal(otherwise, args.at),
      by: 'Talisman',
      covers: 'app',
      wired,
      way: [],
    };
  }
}

/** Flask-Talisman sends all headers by default, once it knows the app. */
export default defineExtractor({
  id: 'python/flask_talisman/headers',
  reads: [],
  produces: ['securityHeader', 'protection'],
  understands: hasPython,
  *extract({ python }): Generator<SecurityHeader | Protection> {
    const later = python.calls(...LATER);
    const isAttached = later.some(site => python.reached(site) !== 'no');
    for (const site of later) yield* headersOf(python, site, python.reached(site));
    for (const site of python.calls(...NAMES)) {
      const hasApp = python.args(site).has(0, 'app');
      if (!hasApp && isAttached) continue;
      const wired = hasApp ? python.reached(site) : 'no';
      yield* headersOf(python, site, wired);
      yield {
        kind: 'protection',
        what: 'security-headers',
        at: python.at(site.scope, site.call),
        name: 'Talisman',
        wired,
        covers: 'app',
        way: [],
        missing: wired === 'no' ? 'it would have to be given the app that production starts' : '',
      };
    }
  },
});
