import type { ClientOriginUse, Protection, RateLimit, SignInLimit, Truth } from '../../../model/index.ts';
import { both, either, isHealthRoute, purposeOf, routeName } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { protectionOf } from '../mounted.ts';
import { nestRouting, type NestHandler } from './handlers.ts';
import { isSet } from './filled.ts';
import { argumentOf, type Mark } from './marks.ts';

const MODULES = [
  '@nestjs/throttler.ThrottlerModule.forRoot',
  '@nestjs/throttler.ThrottlerModule.forRootAsync',
];
const GUARD = '@nestjs/throttler.ThrottlerGuard';

/** The guard of the library, or an own class that is derived from it. */
const isThrottler = (view: CodeView, { put, asking }: NestHandler['guards'][number]): boolean =>
  asking.of
    ? view.isKindOf(asking.of, GUARD)
    : view.nameOf(put.guard.expression, put.guard.scope).replace(/\(\)$/, '') === GUARD;

/** `@SkipThrottle()`; one that names some limits leaves the others. */
function isSkipped(view: CodeView, { marks }: NestHandler): Truth {
  const own = marks.method.filter(({ name }) => name === '@nestjs/throttler.SkipThrottle');
  const all =
    own.length > 0 ? own : marks.class.filter(({ name }) => name === '@nestjs/throttler.SkipThrottle');
  return either(...all.map(mark => skips(view, mark)));
}

function skips(view: CodeView, mark: Mark): Truth {
  const options = argumentOf(mark, 0);
  if (!options) return mark.there;
  const { expression } = options;
  if (expression.kind !== 'dictionary') return both(mark.there, isSet(view, options));
  // Of several limits it may name all.
  const isOfUsual = expression.entries.some(({ key }) => key?.kind === 'string' && key.value === 'default');
  return isOfUsual ? mark.there : 'no';
}

const limitOf = (view: CodeView, handler: NestHandler): Truth =>
  both(
    handler.route.reached,
    either(...handler.guards.filter(each => isThrottler(view, each)).map(({ put }) => put.there)),
    isSkipped(view, handler) === 'yes' ? 'no' : isSkipped(view, handler) === 'no' ? 'yes' : 'unclear',
  );

function storeOf(view: CodeView, site: CallSite): Pick<RateLimit, 'store' | 'storeSays'> {
  const text = view.textOf(site.scope, site.call);
  if (!/\bstorage\b/.test(text))
    return /useClass|useExisting|\.\.\./.test(text)
      ? { store: 'unclear', storeSays: 'its options stand in a class' }
      : { store: 'process', storeSays: 'no store is set, and the default is the memory of each process' };
  return /redis|valkey|memcache|mongo|postgres|dynamo/i.test(text)
    ? { store: 'shared', storeSays: 'the store is outside of the process' }
    : { store: 'unclear', storeSays: 'the store cannot be followed' };
}

const SIGNS_IN = ['sign-in', 'register'];

function* signInsOf(limited: readonly NestHandler[]): Generator<SignInLimit> {
  for (const { route, guards, marks } of limited) {
    const isOwn =
      guards.some(({ put }) => put.level !== 'app') ||
      [...marks.method, ...marks.class].some(({ name }) => name === '@nestjs/throttler.Throttle');
    if (isOwn && SIGNS_IN.includes(purposeOf(route)))
      yield { kind: 'signInLimit', at: route.at, route: route.id, says: 'is limited' };
  }
}

/** The throttler of NestJS: a module that counts, and the guard that asks it. */
export default defineExtractor({
  id: 'javascript/nestjs/limits',
  reads: [],
  produces: ['rateLimit', 'protection', 'clientOriginUse', 'signInLimit'],
  understands: hasNode,
  *extract({ node }): Generator<RateLimit | Protection | ClientOriginUse | SignInLimit> {
    const sites = node.calls(...MODULES);
    if (sites.length === 0) return;
    const { handlers } = nestRouting(node);
    const served = handlers.filter(
      ({ route }) => route.transport === 'http' && route.reached !== 'no' && isHealthRoute(route) !== 'yes',
    );
    const limits = served.map(handler => ({ handler, is: limitOf(node, handler) }));
    const limited = limits.filter(({ is }) => is !== 'no').map(({ handler }) => handler);
    const wired = either(...limits.map(({ is }) => is));
    // What a few routes are let off by name is still a limit for the app.
    const isApp = limited.some(({ guards }) =>
      guards.some(each => each.put.level === 'app' && isThrottler(node, each)),
    );
    const covers =
      limited.length === 0 ? 'none' : isApp || limited.length === served.length ? 'app' : 'routes';
    const missing = 'a ThrottlerGuard would have to ask it, provided as APP_GUARD or put on controllers';
    for (const site of sites) {
      const at = node.at(site.scope, site.call);
      yield {
        kind: 'rateLimit',
        at,
        name: 'ThrottlerModule',
        covers,
        covered: covers === 'app' ? [] : limited.map(({ route }) => routeName(route)),
        ...storeOf(node, site),
        wired,
        way: [],
        missing: wired === 'no' ? missing : '',
      };
      yield protectionOf(
        { what: 'rate-limit', at, name: 'ThrottlerModule' },
        { covers, handlers: limited, wired, way: [], missing },
      );
      if (wired !== 'no')
        yield {
          kind: 'clientOriginUse',
          at,
          what: "the limiter counts by the caller's address",
          fromHeader: false,
          reached: wired,
        };
    }
    yield* signInsOf(limited);
  },
});
