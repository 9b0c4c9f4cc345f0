import type { Protection, RateLimit } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import { worstOf } from '../limits/decorated.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const INIT = ['fastapi_limiter.FastAPILimiter.init'];
const LIMITERS = ['fastapi_limiter.depends.RateLimiter', 'fastapi_limiter.depends.WebSocketRateLimiter'];

/** Whether a limit hangs on the whole app or a router, by the call that it is an argument of. */
const isOnApp = (python: PythonView, site: CallSite): boolean =>
  python.callsEnding('FastAPI').some(app => {
    const { start, end } = app.call;
    return app.scope.module === site.scope.module && start < site.call.start && site.call.end < end;
  });

/** fastapi-limiter: counts in Redis, by dependencies of routes, routers or the app. */
export default defineExtractor({
  id: 'python/fastapi_limiter/limits',
  reads: [],
  produces: ['rateLimit', 'protection'],
  understands: hasPython,
  *extract({ python }): Generator<RateLimit | Protection> {
    const limits = python.calls(...LIMITERS);
    const [first] = limits;
    if (!first) return;
    const init = python.calls(...INIT);
    const wired = init.length === 0 ? 'no' : worstOf(...init.map(site => python.reached(site)));
    const at = python.at(first.scope, first.call);
    const covered = handlersOf(python)
      .filter(({ function: { definition, scope } }) =>
        limits.some(
          site =>
            site.scope.module === scope.module &&
            definition.start <= site.call.start &&
            site.call.end <= definition.end,
        ),
      )
      .map(({ route }) => routeName(route));
    const covers = limits.some(site => isOnApp(python, site)) ? 'app' : 'routes';
    const missing = wired === 'no' ? 'FastAPILimiter.init would have to be called at start' : '';
    yield {
      kind: 'rateLimit',
      at,
      name: 'RateLimiter',
      covers,
      covered,
      store: 'shared',
      storeSays: 'the store is redis',
      wired,
      way: [],
      missing,
    };
    yield {
      kind: 'protection',
      what: 'rate-limit',
      at,
      name: 'RateLimiter',
      wired,
      covers,
      way: [],
      missing,
    };
  },
});
