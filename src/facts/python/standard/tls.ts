import type { TlsVerification } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { PythonView } from '../view.ts';

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

/** `context.verify_mode = ssl.CERT_NONE`, `ssl._create_default_https_context = ssl._create_unverified_context`. */
function* switchedOff(python: PythonView): Generator<TlsVerification> {
  for (const { statement, scope, conditions } of python.statements(
    'CERT_NONE',
    '_create_unverified_context',
  )) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    const [target] = statement.targets;
    const name = python.nameOf(statement.value, scope);
    const isOff =
      (target?.kind === 'attribute' && target.name === 'verify_mode' && name === 'ssl.CERT_NONE') ||
      name === 'ssl._create_unverified_context';
    if (!target || !isOff) continue;
    yield {
      kind: 'tlsVerification',
      at: python.at(scope, statement),
      callee: python.textOf(scope, target),
      verified: stated(false),
      reached: python.reached({ scope, conditions }),
    };
  }
}

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
    for (const site of python.calls('aiohttp.TCPConnector')) {
      const term = python.args(site).arg(-1, 'ssl');
      if (term?.kind === 'literal' && term.value === false)
        yield {
          kind: 'tlsVerification',
          at: python.at(site.scope, site.call),
          callee: 'aiohttp.TCPConnector(ssl=…)',
          verified: stated(false),
          reached: python.reached(site),
        };
    }
    yield* switchedOff(python);
    for (const site of python.callsNaming(...Object.keys(SWITCHES)))
      for (const arg of site.call.args) {
        const isOff = SWITCHES[arg.name];
        if (!isOff) continue;
        const term = python.evaluate(arg.value, site.scope);
        const value = term.kind === 'env' ? term.fallback : term;
        yield {
          kind: 'tlsVerification',
          at: python.at(site.scope, arg),
          callee: `${python.textOf(site.scope, site.call.callee)}(${arg.name}=…)`,
          verified: value?.kind === 'literal' ? stated(!isOff(value.value)) : unclear('it is not a literal'),
          reached: python.reached(site),
        };
      }
  },
});
