import type { Edge } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Calls after which the app itself sends callers on to https; whether TLS ends before it, it cannot know. */
const FORCING = ['flask_talisman.Talisman', 'flask_talisman.Talisman().init_app', 'flask_sslify.SSLify'];
const MIDDLEWARE = /\.HTTPSRedirectMiddleware$/;

export default defineExtractor({
  id: 'python/proxies/app-edges',
  reads: [],
  produces: ['edge'],
  understands: hasPython,
  *extract({ python }): Generator<Edge> {
    const added = python.callsEnding('add_middleware', 'Middleware').filter(site => {
      const [first] = site.call.args;
      return first !== undefined && MIDDLEWARE.test(python.nameOf(first.value, site.scope));
    });
    for (const site of [...python.calls(...FORCING), ...added]) {
      if (python.reached(site) !== 'yes') continue;
      const args = python.args(site);
      const forced = args.arg(-1, 'force_https');
      const isOff = forced?.kind === 'literal' && forced.value === false;
      if (site.call.args.length === 0 || isOff) continue;
      yield {
        kind: 'edge',
        at: args.at,
        name: 'the app itself',
        isProxy: false,
        tls: 'unclear',
        redirects: 'yes',
        hsts: added.includes(site) ? 'no' : 'yes',
      };
    }
  },
});
