import type { TlsVerification } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Keywords of clients that turn the check of certificates off, whatever the client. */
const SWITCHES: Readonly<Record<string, (value: unknown) => boolean>> = {
  verify_certs: value => value === false,
  tlsAllowInvalidCertificates: value => value === true,
  tlsInsecure: value => value === true,
  ssl_assert_hostname: value => value === false,
  verify_ssl: value => value === false,
  ssl_verify: value => value === false,
  ssl_cert_reqs: value => value === null || value === 'none' || value === 'CERT_NONE',
};

/** Clients of databases and search engines, and contexts of the standard library, that check nothing. */
export default defineExtractor({
  id: 'python/standard/tls',
  reads: [],
  produces: ['tlsVerification'],
  understands: hasPython,
  *extract({ python }): Generator<TlsVerification> {
    for (const site of python.calls('ssl._create_unverified_context'))
      yield {
        kind: 'tlsVerification',
        at: python.at(site.scope, site.call),
        callee: 'ssl._create_unverified_context',
        verified: stated(false),
        reached: python.reached(site),
      };
    for (const module of python.modules())
      for (const site of python.code.sitesOf(module).calls)
        for (const arg of site.call.args) {
          const isOff = SWITCHES[arg.name];
          if (!isOff) continue;
          const term = python.evaluate(arg.value, site.scope);
          const value = term.kind === 'env' ? term.fallback : term;
          yield {
            kind: 'tlsVerification',
            at: python.at(site.scope, arg),
            callee: `${python.textOf(site.scope, site.call.callee)}(${arg.name}=…)`,
            verified:
              value?.kind === 'literal' ? stated(!isOff(value.value)) : unclear('it is not a literal'),
            reached: python.reached(site),
          };
        }
  },
});
