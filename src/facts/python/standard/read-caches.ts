import type { ReadCache } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Canonical names of what keeps answers or results, as a decorator or a call. */
const KEEPERS: readonly RegExp[] = [
  /^flask_caching\.Cache\(\)\.(cached|memoize|get|get_many|get_dict)$/,
  /^fastapi_cache\.decorator\.cache$/,
  /^aiocache\.(cached|cached_stampede|multi_cached)$|^aiocache\.\w+\(\)\.get$|^aiocache\.Cache\(\)\.get$/,
  /^cachetools\.(cached|cachedmethod)$|^cachetools\.(TTLCache|LRUCache|LFUCache)\(\)\.get$|^asyncache\.cached$/,
  /^django\.core\.cache\.(cache|caches\[\])\.(get|get_or_set|get_many)$|^django\.views\.decorators\.cache\.cache_page$/,
  /^dogpile\.cache(\.region)?\.make_region\(\)(\.configure\(\))?\.(cache_on_arguments|get_or_create|get)$/,
  /^cashews\.cache$|^cashews\.cache\.(cache|early|soft)$|^beaker\.cache\.CacheManager\(\)\.cache$/,
  /^werkzeug\.contrib\.cache\.\w+\(\)\.get$|^cachelib(\.\w+)*\.\w+Cache\(\)\.get$|^(pylibmc|pymemcache(\.\w+)*)\.\w*Client\(\)\.get$/,
];
/** Where they come from: without one of these nobody has to look at every `get`. */
const KEEPING_PACKAGES = [
  ...['flask_caching', 'aiocache', 'cachetools', 'django', 'dogpile', 'werkzeug', 'cachelib'],
  ...['pylibmc', 'pymemcache'],
];
/** What sets a cache up. */
const MAKERS = [
  'flask_caching.Cache',
  'fastapi_cache.FastAPICache.init',
  'aiocache.Cache',
  'cachetools.TTLCache',
  'cachetools.LRUCache',
  'dogpile.cache.make_region',
];
const DIRECT = ['functools.lru_cache', 'functools.cache', 'async_lru.alru_cache'];
/** A function that asks a store. */
const ASKS = /\b(query|execute|select|fetch\w*|find(_one|_many)?|objects|session|cursor|scalars?)\s*[.(]/;

const isKeeper = (name: string): boolean => KEEPERS.some(pattern => pattern.test(name));

/** `@cache.cached(timeout=60)`, `@lru_cache` over a function that asks a store. */
function* decorated(python: PythonView): Generator<ReadCache> {
  for (const { definition, scope } of python.decorated())
    for (const decorator of definition.decorators) {
      const name = python.nameOf(decorator.kind === 'call' ? decorator.callee : decorator, scope);
      const isOwn = DIRECT.includes(name) && ASKS.test(python.textOf(scope, definition));
      if (isOwn || isKeeper(name))
        yield {
          kind: 'readCache',
          at: python.at(scope, decorator),
          what: `${definition.name} is kept`,
          does: 'keeps',
          by: 'store',
          reached: python.reachesDefinition(definition),
        };
    }
}

/** `cache.get("rates")`, Redis with a time after which it forgets. */
function* asked(python: PythonView): Generator<ReadCache> {
  const make = (site: CallSite): ReadCache => ({
    kind: 'readCache',
    at: python.at(site.scope, site.call),
    what: `${python.textOf(site.scope, site.call.callee)} keeps what was read`,
    does: 'keeps',
    by: 'store',
    reached: python.reached(site),
  });
  const keeps = python.imports(...KEEPING_PACKAGES)
    ? python.callsEnding('get', 'get_or_set', 'get_or_create', 'get_many')
    : [];
  for (const site of keeps)
    if (site.call.callee.kind === 'attribute' && isKeeper(python.nameOf(site.call.callee, site.scope)))
      yield make(site);
  for (const site of python.imports('redis', 'aioredis') ? python.callsEnding('setex', 'set') : [])
    if (
      /^(redis|aioredis)\b/.test(python.nameOf(site.call.callee, site.scope)) &&
      (lastNameOf(site.call.callee) === 'setex' ||
        site.call.args.some(({ name }) => name === 'ex' || name === 'px'))
    )
      yield make(site);
}

const KEEP = /\b(max-age=0*[1-9]|s-maxage=0*[1-9]|immutable)/;

/** `make_response(body, 200, {"Cache-Control": "private,max-age=3600"})`, `headers = {…}`. */
function* dictionaries(python: PythonView): Generator<ReadCache> {
  for (const { statement, scope, conditions } of python.statements('Cache-Control', 'cache-control', 'ETag'))
    for (const each of headOf(statement).flatMap(expressionsIn)) {
      if (each.kind !== 'dictionary') continue;
      const entry = each.entries.find(
        ({ key }) => key?.kind === 'string' && /^(cache-control|etag|last-modified)$/i.test(key.value),
      );
      if (!entry || entry.key?.kind !== 'string') continue;
      const value = literalTexts(python.evaluate(entry.value, scope)).join(' ');
      if (/^cache-control$/i.test(entry.key.value) && !KEEP.test(value)) continue;
      yield {
        kind: 'readCache',
        at: python.at(scope, entry.value),
        what: 'answers say how long they may be kept',
        does: 'keeps',
        by: 'headers',
        reached: python.reached({ scope, conditions }),
      };
    }
}

/** `response.headers["Cache-Control"] = "public, max-age=60"`, `cache_control.max_age = 60`, entity tags. */
function* headers(python: PythonView): Generator<ReadCache> {
  for (const { statement, scope, conditions } of python.statements(
    'Cache-Control',
    'cache-control',
    'cache_control',
    'ETag',
  )) {
    if (statement.kind !== 'assign' || !statement.value) continue;
    const [target] = statement.targets;
    if (!target) continue;
    const text = python.textOf(scope, target);
    const value = literalTexts(python.evaluate(statement.value, scope)).join(' ');
    if (
      /cache_control\.max_age$/.test(text) ||
      /\[.ETag.\]$/i.test(text) ||
      (/\[.cache-control.\]$/i.test(text) && KEEP.test(value))
    )
      yield {
        kind: 'readCache',
        at: python.at(scope, statement),
        what: 'answers say how long they may be kept',
        does: 'keeps',
        by: 'headers',
        reached: python.reached({ scope, conditions }),
      };
  }
  yield* dictionaries(python);
  for (const site of python.callsEnding(
    'add_etag',
    'make_conditional',
    'cache_for',
    'patch_cache_control',
    'cache_control',
    'condition',
    'last_modified',
  ))
    if (/flask|werkzeug|django|starlette/.test(python.nameOf(site.call.callee, site.scope)))
      yield {
        kind: 'readCache',
        at: python.at(site.scope, site.call),
        what: 'answers can be asked for again by their tag',
        does: 'keeps',
        by: 'headers',
        reached: python.reached(site),
      };
}

/** What keeps results of reads, in the process, beside it or in browsers. */
export default defineExtractor({
  id: 'python/standard/read-caches',
  reads: [],
  produces: ['readCache'],
  understands: hasPython,
  *extract({ python }) {
    yield* decorated(python);
    yield* asked(python);
    yield* headers(python);
    for (const site of python.calls(...MAKERS))
      yield {
        kind: 'readCache',
        at: python.at(site.scope, site.call),
        what: python.textOf(site.scope, site.call.callee),
        does: 'idle',
        by: 'store',
        reached: python.reached(site),
      };
  },
});
