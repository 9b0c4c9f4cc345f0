import type { ClientOriginUse, Protection, RateLimit } from '../../../model/index.ts';
import { either, routeName } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import { defineExtractor } from '../../define.ts';
import { readsFramework } from '../frameworks.ts';
import { mountOf, mountOfFunction, protectionOf, type Mount } from '../mounted.ts';

/** Middleware that refuses what is too much. */
export const LIMITERS = [
  'express-rate-limit',
  'express-rate-limit.rateLimit',
  'koa-ratelimit',
  'koa2-ratelimit.RateLimit.middleware',
  'hono-rate-limiter.rateLimiter',
];

/** Counters of `rate-limiter-flexible`, which own middleware asks. */
const COUNTERS = [
  'Memory',
  'Redis',
  'Valkey',
  'Memcache',
  'Mongo',
  'MySQL',
  'Postgres',
  'Prisma',
  'Drizzle',
  'Cluster',
];

type Store = Pick<RateLimit, 'store' | 'storeSays'>;

const IN_PROCESS: Store = {
  store: 'process',
  storeSays: 'no store is set, and the default is the memory of each process',
};

/** `store: new RedisStore({ … })` */
function storeOf(node: CodeView, { call, scope }: CallSite): Store {
  const [first] = call.args;
  const options = first && writtenAs(node, first.value, scope);
  if (!options) return IN_PROCESS;
  if (options.expression.kind !== 'dictionary')
    return { store: 'unclear', storeSays: 'its options cannot be followed' };
  const entry = options.expression.entries.findLast(
    ({ key }) => key?.kind === 'string' && /^(store|driver)$/.test(key.value),
  );
  if (!entry)
    return options.expression.entries.some(({ key }) => !key)
      ? { store: 'unclear', storeSays: 'its options cannot be followed' }
      : IN_PROCESS;
  const written = writtenAs(node, entry.value, options.scope);
  const text = `${node.nameOf(written.expression, written.scope)} ${node.textOf(written.scope, written.expression)}`;
  if (/redis|valkey|memcache|mongo|postgres|mysql|dynamo|cluster/i.test(text))
    return { store: 'shared', storeSays: 'the store is outside of the process' };
  return /memory|new Map\(/i.test(text)
    ? { store: 'process', storeSays: 'the store is the memory of each process' }
    : { store: 'unclear', storeSays: 'the store cannot be followed' };
}

const limitOf = (
  at: RateLimit['at'],
  name: string,
  { covers, handlers, wired, way, missing }: Mount,
  store: Store,
): RateLimit => ({
  kind: 'rateLimit',
  at,
  name,
  covers,
  covered: handlers.map(({ route }) => routeName(route)),
  ...store,
  wired,
  way,
  missing: wired === 'no' ? missing : '',
});

function* ofLibraries(node: CodeView): Generator<RateLimit | Protection | ClientOriginUse> {
  for (const site of node.calls(...LIMITERS)) {
    const mount = mountOf(node, site);
    const at = node.at(site.scope, site.call);
    yield limitOf(at, 'the limiter', mount, storeOf(node, site));
    yield protectionOf({ what: 'rate-limit', at, name: 'the limiter' }, mount);
    if (!/keyGenerator|\bid:/.test(node.textOf(site.scope, site.call)))
      yield {
        kind: 'clientOriginUse',
        at,
        what: "the caller's address to count by",
        fromHeader: false,
        reached: mount.wired,
      };
  }
}

/** `new RateLimiterRedis(…)`, and the functions in which it is asked. */
function* ofCounters(node: CodeView): Generator<RateLimit | Protection> {
  const isConsumed = node.callsEnding('consume').some(site => node.reached(site) !== 'no');
  for (const counter of COUNTERS) {
    const maker = `rate-limiter-flexible.RateLimiter${counter}`;
    const asked = node.calls(`${maker}().consume`);
    for (const site of node.calls(maker)) {
      const own = asked.filter(({ call, scope }) => {
        const of = call.callee.kind === 'attribute' ? node.resolve(call.callee.object, scope) : undefined;
        return of?.kind === 'external' && of.made?.call === site.call;
      });
      const mounts = own.flatMap(({ scope }) => mountsAround(node, scope));
      const [first] = mounts.filter(({ covers }) => covers !== 'none');
      // It may be handed to what asks it by another name.
      const isAsked =
        own.length > 0 ? either(...own.map(each => node.reached(each))) : isConsumed ? 'unclear' : 'no';
      const mount: Mount = first ?? {
        covers: own.length > 0 || isConsumed ? 'routes' : 'none',
        handlers: [],
        wired: isAsked,
        way: [],
        missing: 'nothing asks it',
      };
      const at = node.at(site.scope, site.call);
      yield limitOf(at, `RateLimiter${counter}`, mount, {
        store: counter === 'Memory' ? 'process' : counter === 'Cluster' ? 'unclear' : 'shared',
        storeSays:
          counter === 'Memory'
            ? 'it counts in the memory of each process'
            : 'the store is outside of the process',
      });
      yield protectionOf({ what: 'rate-limit', at, name: `RateLimiter${counter}` }, mount);
    }
  }
}

function mountsAround(node: CodeView, scope: CallSite['scope']): readonly Mount[] {
  const found: Mount[] = [];
  for (let each: CallSite['scope'] | undefined = scope; each; each = each.parent)
    if (each.definition?.kind === 'function') found.push(mountOfFunction(node, each.definition));
  return found;
}

/** Limiters for Express, Koa and Hono. */
export default defineExtractor({
  id: 'javascript/limits/limits',
  reads: [],
  produces: ['rateLimit', 'protection', 'clientOriginUse'],
  understands: readsFramework,
  *extract({ node }): Generator<RateLimit | Protection | ClientOriginUse> {
    yield* ofLibraries(node);
    yield* ofCounters(node);
  },
});
