import type { SecurityHeader } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Calls that put the headers of the `secure` and `Secweb` packages on an answer, and what they send by default. */
const SENDERS: Readonly<Record<string, readonly string[]>> = {
  set_headers: ['secure.Secure().set_headers', 'secure.Secure.with_default_headers().set_headers'],
  set_headers_async: [
    'secure.Secure().set_headers_async',
    'secure.Secure.with_default_headers().set_headers_async',
  ],
  flask: ['secure.Secure().framework.flask', 'secure.SecureHeaders().flask'],
  fastapi: ['secure.Secure().framework.fastapi', 'secure.Secure().framework.starlette'],
  SecWeb: ['Secweb.SecWeb'],
};

const SENT: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'SAMEORIGIN'],
  ['referrer-policy', 'strict-origin-when-cross-origin'],
  ['strict-transport-security', 'max-age=31536000'],
];

export default defineExtractor({
  id: 'python/secure/headers',
  reads: [],
  produces: ['securityHeader'],
  understands: hasPython,
  *extract({ python }): Generator<SecurityHeader> {
    for (const site of python.calls(...Object.values(SENDERS).flat()))
      for (const [name, value] of SENT) {
        const at = python.at(site.scope, site.call);
        yield {
          kind: 'securityHeader',
          at,
          name,
          value: literal(value, at),
          by: python.textOf(site.scope, site.call.callee).slice(0, 40),
          covers: 'app',
          wired: python.reached(site),
          way: [],
        };
      }
  },
});
