import type { SecurityHeader } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** The `guard` package: `app.wsgi_app = guard.ContentSecurityPolicy(app.wsgi_app, {'default-src': ["'self'"]})`. */
export default defineExtractor({
  id: 'python/headers/guard',
  reads: [],
  produces: ['securityHeader'],
  understands: hasPython,
  *extract({ python }): Generator<SecurityHeader> {
    for (const site of python.calls('guard.ContentSecurityPolicy')) {
      const args = python.args(site);
      const value = args.arg(1, 'policy');
      if (!value) continue;
      yield {
        kind: 'securityHeader',
        at: args.at,
        name: 'content-security-policy',
        value,
        by: 'guard',
        covers: 'app',
        wired: python.reached(site),
        way: [],
      };
    }
  },
});
