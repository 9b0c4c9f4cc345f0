import type { ReadCache } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor } from '../../define.ts';
import { libraryPlugins } from '../fastify/plugins.ts';
import { appSites } from '../nestjs/apps.ts';
import { readsFramework } from '../frameworks.ts';
import { sentHeaders } from '../headers/sent.ts';
import { mountOf } from '../mounted.ts';

/** Calls that give back what was kept, or keep it for a time. */
const KEEPERS = [
  'node-cache().get',
  'node-cache.NodeCache().get',
  'lru-cache().get',
  'lru-cache.LRUCache().get',
  'lru-cache.LRUCache().fetch',
  'keyv().get',
  'keyv.Keyv().get',
  '@keyv/redis().get',
  'cache-manager.createCache().get',
  'cache-manager.createCache().wrap',
  'cache-manager.caching().get',
  'cache-manager.caching().wrap',
  'memory-cache.get',
  'memoizee',
  'p-memoize',
  'moize',
  'mem',
  'memjs.Client.create().get',
  'cacheable.Cacheable().get',
  'bentocache.BentoCache().getOrSet',
  'next/cache.unstable_cache',
  'react.cache',
];
/** Middleware that keeps whole answers. */
const MIDDLEWARE = [
  'apicache.middleware',
  'apicache.options().middleware',
  'express-redis-cache().route',
  'route-cache.cacheSeconds',
  'express-cache-middleware',
  'hono/cache.cache',
];
/** What sets a cache up. */
const MAKERS = [
  'node-cache',
  'node-cache.NodeCache',
  'lru-cache',
  'lru-cache.LRUCache',
  'keyv',
  'keyv.Keyv',
  'cache-manager.createCache',
  'cache-manager.caching',
];
const PLUGINS = ['@fastify/caching', '@fastify/etag', 'fastify-caching', 'fastify-etag'];
const TAGS = ['koa-etag', 'koa-conditional-get', '@koa/etag', 'hono/etag.etag'];

const KEEP = /\b(max-age=0*[1-9]|s-maxage=0*[1-9]|immutable)/;

const SAYS_TIME = 'answers say how long they may be kept';
const HAVE_TAGS = 'answers can be asked for again by their tag';

const fact = (
  node: CodeView,
  site: CallSite,
  what: string,
  parts: Pick<ReadCache, 'does' | 'by'>,
  reached = node.reached(site),
): ReadCache => ({ kind: 'readCache', at: node.at(site.scope, site.call), what, ...parts, reached });

const STORE = { does: 'keeps', by: 'store' } as const;
const HEADERS = { does: 'keeps', by: 'headers' } as const;

/** `redis.set(key, text, "EX", 60)`, `client.setEx(…)`: Redis that forgets after a time. */
function* inRedis(node: CodeView): Generator<ReadCache> {
  if (!node.imports('ioredis', 'redis', '@upstash/redis')) return;
  for (const site of node.callsEnding('setex', 'setEx', 'psetex', 'set')) {
    const { callee, args } = site.call;
    if (
      callee.kind !== 'attribute' ||
      !/^(ioredis|redis|@upstash\/redis)\b/.test(node.nameOf(callee, site.scope))
    )
      continue;
    const rest = args
      .slice(2)
      .map(({ value }) => node.textOf(site.scope, value))
      .join(' ');
    if (callee.name !== 'set' || /\b(EX|PX|ex|px)\b/.test(rest))
      yield fact(node, site, `${node.textOf(site.scope, callee)} keeps what was read`, STORE);
  }
}

/** What answers say of themselves. */
function* headers(node: CodeView): Generator<ReadCache> {
  for (const { name, value, scope, site } of sentHeaders(
    node,
    new Set(['cache-control', 'etag', 'last-modified']),
  )) {
    const texts = literalTexts(node.evaluate(value, scope)).join(' ') || node.textOf(scope, value);
    if (name !== 'cache-control' || KEEP.test(texts))
      yield fact(node, site, name === 'etag' ? HAVE_TAGS : SAYS_TIME, HEADERS);
  }
  for (const site of node.calls(...TAGS))
    yield fact(node, site, HAVE_TAGS, HEADERS, mountOf(node, site).wired);
  for (const { site, wired } of libraryPlugins(node, ...PLUGINS)) {
    const [first] = site.call.args;
    const isTag = first !== undefined && /etag/.test(node.nameOf(first.value, site.scope));
    yield fact(node, site, isTag ? HAVE_TAGS : SAYS_TIME, HEADERS, wired);
  }
}

/** Express puts an entity tag on what it sends, unless it is told not to: browsers ask again, the store is asked too. */
function* tagsOfExpress(node: CodeView): Generator<ReadCache> {
  const isOff = node.callsNear('etag').some(({ call, scope }) => {
    const [key, value] = call.args;
    const isEtag =
      call.callee.kind === 'attribute' &&
      /^(disable|set)$/.test(call.callee.name) &&
      key?.value.kind === 'string' &&
      key.value.value === 'etag';
    if (!isEtag) return false;
    const term = value && node.evaluate(value.value, scope);
    return !term || (term.kind === 'literal' && term.value === false);
  });
  if (isOff) return;
  // NestJS stands on Express, unless it is given another adapter.
  const nest = appSites(node).filter(
    ({ call, scope }) => !/(?<!Express)Adapter/.test(node.textOf(scope, call)),
  );
  for (const site of [...node.calls('express'), ...nest])
    yield fact(node, site, 'the entity tag of Express, which spares the network and not the store,', {
      does: 'idle',
      by: 'headers',
    });
}

/** What keeps results of reads, in the process, beside it or in browsers. */
export default defineExtractor({
  id: 'javascript/standard/read-caches',
  reads: [],
  produces: ['readCache'],
  understands: readsFramework,
  *extract({ node }): Generator<ReadCache> {
    for (const site of node.calls(...KEEPERS))
      yield fact(node, site, `${node.textOf(site.scope, site.call.callee)} keeps what was read`, STORE);
    for (const site of node.calls(...MIDDLEWARE))
      yield fact(node, site, 'answers are kept', STORE, mountOf(node, site).wired);
    yield* inRedis(node);
    yield* headers(node);
    for (const site of node.calls(...MAKERS))
      yield fact(node, site, node.textOf(site.scope, site.call.callee), { does: 'idle', by: 'store' });
    yield* tagsOfExpress(node);
  },
});
