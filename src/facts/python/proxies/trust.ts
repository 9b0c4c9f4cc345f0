import type { ProxyTrust, Term } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

const FIX = [
  'werkzeug.middleware.proxy_fix.ProxyFix',
  'werkzeug.contrib.fixers.ProxyFix',
  'hypercorn.middleware.ProxyFixMiddleware',
];
const HEADERS = 'uvicorn.middleware.proxy_headers.ProxyHeadersMiddleware';
const OPTION = /^--forwarded-allow-ips(?:=(.*))?$/;

function trustOf(term: Term | undefined): ProxyTrust['trusts'] {
  if (!term) return 'hops';
  if (term.kind === 'literal') return String(term.value).includes('*') ? 'everyone' : 'hops';
  if (term.kind === 'list')
    return term.items.some(item => trustOf(item) === 'everyone') ? 'everyone' : 'hops';
  if (term.kind === 'env') return term.fallback ? trustOf(term.fallback) : 'hops';
  return 'unclear';
}

/** What makes the app believe the headers of a proxy, and of which. */
export default defineExtractor({
  id: 'python/proxies/trust',
  reads: ['startPath'],
  produces: ['proxyTrust'],
  understands: hasPython,
  *extract({ python, facts }): Generator<ProxyTrust> {
    for (const site of python.calls(...FIX))
      yield {
        kind: 'proxyTrust',
        at: python.at(site.scope, site.call),
        name: 'ProxyFix',
        trusts: 'hops',
        wired: python.reached(site),
      };
    const middleware = python.callsEnding('add_middleware', 'Middleware').filter(site => {
      const [first] = site.call.args;
      return first !== undefined && python.nameOf(first.value, site.scope) === HEADERS;
    });
    for (const site of [...middleware, ...python.calls(HEADERS)])
      yield {
        kind: 'proxyTrust',
        at: python.at(site.scope, site.call),
        name: 'ProxyHeadersMiddleware',
        trusts: trustOf(python.args(site).arg(-1, 'trusted_hosts')),
        wired: python.reached(site),
      };
    for (const { at, command } of facts.all('startPath')) {
      if (command.stage === 'development') continue;
      const words = command.commands.flat();
      const index = words.findIndex(word => OPTION.test(word));
      const given = index === -1 ? undefined : (OPTION.exec(words[index] ?? '')?.[1] ?? words[index + 1]);
      const variable = command.environment['FORWARDED_ALLOW_IPS'];
      const everyone = given?.includes('*') ?? (variable && trustOf(variable) === 'everyone');
      if (given !== undefined || variable)
        yield {
          kind: 'proxyTrust',
          at,
          name: given === undefined ? 'FORWARDED_ALLOW_IPS' : '--forwarded-allow-ips',
          trusts: everyone ? 'everyone' : 'hops',
          wired: 'yes',
        };
    }
  },
});
