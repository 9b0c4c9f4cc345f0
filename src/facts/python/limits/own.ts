import type { Protection, RateLimit, Truth } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import type { DefinitionSite } from '../sites.ts';
import type { PythonView } from '../view.ts';

/** A function that refuses requests because there are too many of them. */
const REFUSES = /\b429\b|TOO_MANY_REQUESTS|TooManyRequests/;
const COUNTS =
  /time\(\)|monotonic\(\)|\.incr\(|now\(|timestamp|window|bucket|tokens|cache\.(get|set|inc|add)\(/i;
const SHARED = /redis|memcache|\.incr\(|cache\.(get|set|add)\(/i;

type Kind = 'app' | 'decorator';

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
  return scope.kind === 'module' && definition.body.some(statement => statement.kind === 'function')
    ? 'decorator'
    : undefined;
}

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
      const covered = kind === 'decorator' ? routesWith(python, definition.name) : [];
      const reached = python.reachesDefinition(definition);
      const wired: Truth =
        kind === 'app' ? reached : covered.length > 0 ? 'yes' : reached === 'yes' ? 'unclear' : 'no';
      const at = python.at(scope, definition.head);
      const missing =
        wired === 'no' ? 'it would have to stand over the routes or be registered on the app' : '';
      const covers = kind === 'app' ? 'app' : 'routes';
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
