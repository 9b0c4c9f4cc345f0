import type { ClientOriginUse, Protection, RateLimit, Truth } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { deliveredBy } from '../../code/flags.ts';
import { routesUnder, worstOf } from '../limits/decorated.ts';
import { storeOf } from '../../code/limit-store.ts';
import type { PythonView } from '../view.ts';

const MAKERS = ['slowapi.Limiter', 'slowapi.extension.Limiter'];
const DECORATORS = MAKERS.flatMap(name => [`${name}().limit`, `${name}().shared_limit`]);
const MIDDLEWARE = /^slowapi\.middleware\.SlowAPI(ASGI)?Middleware$/;

/** `app.state.limiter = limiter`: without it no limit is looked at. */
const attached = (python: PythonView): Truth =>
  worstOf(
    ...python.statements('.state.limiter').flatMap(site => {
      const { statement } = site;
      if (statement.kind !== 'assign') return [];
      const isState = statement.targets.some(
        target =>
          target.kind === 'attribute' &&
          target.name === 'limiter' &&
          target.object.kind === 'attribute' &&
          target.object.name === 'state',
      );
      return isState ? [python.reached(site)] : [];
    }),
  );

/** The middleware that applies default limits to every route. */
const everywhere = (python: PythonView): Truth =>
  worstOf(
    ...python.callsEnding('add_middleware', 'Middleware').flatMap(site => {
      const [first] = site.call.args;
      return first && MIDDLEWARE.test(python.nameOf(first.value, site.scope)) ? [python.reached(site)] : [];
    }),
  );

export default defineExtractor({
  id: 'python/slowapi/limits',
  reads: ['startPath'],
  produces: ['rateLimit', 'protection', 'clientOriginUse'],
  understands: hasPython,
  *extract({ python, facts }): Generator<RateLimit | Protection | ClientOriginUse> {
    const starts = deliveredBy(facts.all('startPath'));
    const marked = routesUnder(python, DECORATORS);
    for (const site of python.calls(...MAKERS)) {
      const args = python.args(site);
      const at = python.at(site.scope, site.call);
      const wired = attached(python);
      const hasDefaults = args.has(-1, 'default_limits') || args.has(-1, 'application_limits');
      const covers =
        hasDefaults && everywhere(python) !== 'no' ? 'app' : marked.length > 0 ? 'routes' : 'none';
      const missing = wired === 'no' ? 'it would have to be set as app.state.limiter' : '';
      const idle = hasDefaults
        ? 'its default limits need the middleware'
        : 'it has no default limits, and no route is marked';
      yield {
        kind: 'rateLimit',
        at,
        name: 'the limiter',
        covers,
        covered: marked,
        ...storeOf(args.arg(-1, 'storage_uri'), starts),
        wired,
        way: [],
        missing,
      };
      yield {
        kind: 'protection',
        what: 'rate-limit',
        at,
        name: 'the limiter',
        wired: wired === 'yes' && covers === 'none' ? 'no' : wired,
        covers: covers === 'app' ? 'app' : 'routes',
        way: [],
        missing: missing || (covers === 'none' ? idle : ''),
      };
      if (/get_remote_address|get_ipaddr/.test(python.textOf(site.scope, site.call)))
        yield {
          kind: 'clientOriginUse',
          at,
          what: "the caller's address to count by",
          fromHeader: false,
          reached: covers === 'none' ? 'no' : wired,
        };
    }
  },
});
