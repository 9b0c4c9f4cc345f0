import type { Protection, RateLimit, SignInLimit } from '../../../model/index.ts';
import { purposeOf, routeName } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor } from '../../define.ts';
import { optionOf, argumentOf } from '../fastify/instances.ts';
import { readsFramework } from '../frameworks.ts';
import { protectionOf } from '../mounted.ts';
import { isLookedAt, mountOfAsks } from './asked.ts';

const LIMITER = '@upstash/ratelimit.Ratelimit';
const SAYS = /\b(success|remaining|reason)\b/;
const MISSING = 'its limit() would have to be asked before a route answers, and refuse when it says no';

const SIGNS_IN = ['sign-in', 'register'];

/** The asks that are made of one limiter: those of another one count for that. */
function asksOf(node: CodeView, limiter: CallSite, asks: readonly CallSite[]): readonly CallSite[] {
  return asks.filter(({ call, scope }) => {
    const of = call.callee.kind === 'attribute' ? node.resolve(call.callee.object, scope) : undefined;
    return of?.kind !== 'external' || !of.made || of.made.call === limiter.call;
  });
}

/** Limiters of Upstash, which own code asks: in middleware, in routes and in server functions. */
export default defineExtractor({
  id: 'javascript/limits/upstash',
  reads: [],
  produces: ['rateLimit', 'protection', 'signInLimit'],
  understands: readsFramework,
  *extract({ node }): Generator<RateLimit | Protection | SignInLimit> {
    if (!node.imports('@upstash/ratelimit')) return;
    const asks = node
      .calls(`${LIMITER}().limit`, `${LIMITER}().blockUntilReady`)
      .filter(site => isLookedAt(node, site, SAYS));
    for (const site of node.calls(LIMITER)) {
      const mount = mountOfAsks(node, asksOf(node, site, asks), MISSING);
      const at = node.at(site.scope, site.call);
      const store = optionOf(node, argumentOf(site, 0), 'redis');
      yield {
        kind: 'rateLimit',
        at,
        name: 'Ratelimit',
        covers: mount.covers,
        covered: mount.covers === 'app' ? [] : mount.handlers.map(({ route }) => routeName(route)),
        store: store ? 'shared' : 'unclear',
        storeSays: store ? 'the store is outside of the process' : 'the store cannot be followed',
        wired: mount.wired,
        way: mount.way,
        missing: mount.wired === 'no' ? mount.missing || MISSING : '',
      };
      yield protectionOf({ what: 'rate-limit', at, name: 'Ratelimit' }, mount);
      // What counts for some routes alone is there for them.
      if (mount.covers === 'routes' && mount.wired !== 'no')
        for (const { route } of mount.handlers)
          if (SIGNS_IN.includes(purposeOf(route)))
            yield { kind: 'signInLimit', at, route: route.id, says: 'is limited' };
    }
  },
});
