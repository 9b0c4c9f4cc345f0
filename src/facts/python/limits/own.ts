import type { Protection, RateLimit, Truth } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import type { CallSite, DefinitionSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** A function that refuses requests because there are too many of them. */
const REFUSES = /\b429\b|TOO_MANY_REQUESTS|TooManyRequests|\braise \w*(RateLimit|Throttl)\w*\(/;
const COUNTS =
  /time\(\)|monotonic\(\)|\.incr\(|now\(|timestamp|window|bucket|tokens|is_rate_limited|limiter\.|cache\.(get|set|inc|add)\(/i;
const SHARED = /redis|memcache|\.incr\(|cache\.(get|set|add)\(/i;

type Kind = 'app' | 'decorator' | 'dependency';

/** Hooks and middleware see every request; a function around a function is a decorator. */
function kindOf(
  python: PythonView,
  { definition, scope }: DefinitionSite<FunctionDefinition>,
): Kind | undefined {
  const decorators = definition.decorators.map(each => python.textOf(scope, each)).join(' ');
  if (/before_request|before_app_request|middleware\(/.test(decorators) || definition.name === 'dispatch')
    return 'app';
  const registered = python
    .callsEnding('before_request', 'before_app_request')
    .some(site =>
      site.call.args.some(arg => arg.value.kind === 'name' && arg.value.name === definition.name),
    );
  if (registered) return 'app';
  if (python.callsEnding('Depends').some(site => isGiven(python, site, definition))) return 'dependency';
  return scope.kind === 'module' && definition.body.some(statement => statement.kind === 'function')
    ? 'decorator'
    : undefined;
}

/** `Depends(limit_requests)` */
const isGiven = (python: PythonView, { call, scope }: CallSite, definition: FunctionDefinition): boolean => {
  const [first] = call.args;
  const entity = first && python.resolve(first.value, scope);
  return entity?.kind === 'function' && entity.definition === definition;
};

/** Limiters that the service wrote itself. */
export default defineExtractor({
  id: 'python/limits/own',
  reads: [],
  produces: ['rateLimit', 'protection'],
  understands: hasPython,
  *extract({ python }): Generator<RateLimit | Protection> {
    for (const site of python.functions()) {
      const { definition, scope } = site;
      const text = python.textOf(scope, definition);
      if (!REFUSES.test(text) || !COUNTS.test(text)) continue;
      const kind = kindOf(python, site);
      if (!kind) continue;
      const covered =
        kind === 'app'
          ? []
          : kind === 'decorator'
            ? routesWith(python, definition.name)
            : routesAsking(python, definition.name);
      const reached = python.reachesDefinition(definition);
      const wired: Truth =
        kind === 'app' ? reached : covered.length > 0 ? 'yes' : reached === 'yes' ? 'unclear' : 'no';
      const at = python.at(scope, definition.head);
      const missing =
        wired === 'no' ? 'it would have to stand over the routes or be registered on the app' : '';
      const all = handlersOf(python).filter(({ route }) => route.reached !== 'no').length;
      const covers = kind === 'app' || (covered.length > 0 && covered.length === all) ? 'app' : 'routes';
      const isShared = SHARED.test(text);
      yield {
        kind: 'rateLimit',
        at,
        name: definition.name,
        covers,
        covered,
        store: isShared ? 'shared' : /^\s*global\b|\w+\[/m.test(text) ? 'process' : 'unclear',
        storeSays: isShared
          ? 'the store is outside of the process'
          : 'it counts in a variable of the process',
        wired,
        way: [],
        missing,
      };
      yield {
        kind: 'protection',
        what: 'rate-limit',
        at,
        name: definition.name,
        wired,
        covers,
        way: [],
        missing,
      };
    }
  },
});

/** Routes that ask for a dependency themselves, or whose router does. */
const routesAsking = (python: PythonView, name: string): readonly string[] => {
  const asks = new RegExp(`\\bDepends\\(\\s*${name}\\b`);
  return handlersOf(python).flatMap(({ route, registration, router, mountedBy, function: of }) => {
    const around = [registration, ...(router ? [router] : []), ...mountedBy].map(({ scope, call }) =>
      python.textOf(scope, call),
    );
    const given = of.definition.params.flatMap(({ fallback, annotation }) => [fallback, annotation]);
    const own = given.flatMap(each => (each ? [python.textOf(of.scope, each)] : []));
    return route.reached !== 'no' && [...around, ...own].some(text => asks.test(text))
      ? [routeName(route)]
      : [];
  });
};

const routesWith = (python: PythonView, name: string): readonly string[] =>
  handlersOf(python).flatMap(({ route, decorators }) =>
    route.reached !== 'no' &&
    decorators.some(({ expression }) => {
      const callee = expression.kind === 'call' ? expression.callee : expression;
      return (callee.kind === 'name' || callee.kind === 'attribute') && callee.name === name;
    })
      ? [routeName(route)]
      : [],
  );
