import type { Method, Truth, Value } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { routeOf } from '../../code/route-parts.ts';
import type { CodeView } from '../../code/view.ts';
import { exportWritten, type Written } from '../../code/written.ts';
import { answerOf, type Answer } from '../answered.ts';
import { stepsOf, wrapperOf } from '../chains.ts';
import type { Handler, Layer, Routing, Standing } from '../handler.ts';
import { isDispatcher } from '../trpc/dispatchers.ts';
import { actionsIn } from './actions.ts';
import { isAsked, middlewareOf, turnsAway, type Middleware } from './middleware.ts';
import { placedIn, rootsOf, type Placed } from './places.ts';
import { basePathOf } from './settings.ts';

/** What asks for headers alone is no way in of its own. */
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Calls of libraries that sign users in and out at the routes that they answer. */
const SIGNS_IN =
  /^(next-auth|@auth\/|better-auth|@auth0\/nextjs-auth0|@kinde-oss\/|@workos-inc\/authkit|@logto\/next|supertokens-node|@clerk\/nextjs|@stackframe\/)/;

/** Routes of Next.js: files in folders, with the middleware of the app before them. */
export function nextRouting(view: CodeView): Routing {
  const own = new Set(view.modules());
  const placed = placedIn(view).filter(({ module }) => own.has(module));
  return {
    handlers: [
      ...placed.flatMap(each => {
        if (each.kind === 'route') return routesIn(view, each);
        return each.kind === 'api' ? apiIn(view, each) : [];
      }),
      ...actionsIn(view).map(action => behindMiddleware(view, action)),
    ],
    standing: rootsOf(view).flatMap(root => standingIn(view, root)),
    blind: [],
  };
}

interface Exported {
  readonly written: Written;
  readonly answer: Answer | undefined;
}

function exported(view: CodeView, { module }: Placed, name: string): Exported | undefined {
  const { resolver } = view.code;
  const [first] = resolver.exportsOf(module, name);
  if (!first) return undefined;
  const written = exportWritten(view, module, name);
  const { start } = first.binding;
  const shown = written ?? {
    expression: { kind: 'name', name, start, end: start + 1 },
    scope: resolver.scopeOf(module),
  };
  return { written: shown, answer: written && answerOf(view, written) };
}

/** What answers with the procedures of another framework is told with those. */
const hands = (
  view: CodeView,
  { written, answer }: Exported,
  isDispatcher: (name: string) => boolean,
): boolean =>
  answer
    ? view
        .callsWithin(answer.function, 1)
        .some(({ call, scope }) => isDispatcher(view.nameOf(call.callee, scope)))
    : isDispatcher(view.nameOf(written.expression, written.scope));

/** What stands before the routes that hand requests to the procedures of another framework. */
export function layersBefore(view: CodeView, isDispatcherOf: (name: string) => boolean): readonly Layer[] {
  const routes = placedIn(view).filter(({ kind }) => kind === 'route' || kind === 'api');
  const found = routes.find(placed =>
    [...METHODS, 'default'].some(name => {
      const each = exported(view, placed, name);
      return each !== undefined && hands(view, each, isDispatcherOf);
    }),
  );
  return found ? middlewareBefore(view, found) : [];
}

/** `export async function GET() {…}`, `export { handler as GET, handler as POST }` */
function routesIn(view: CodeView, placed: Placed): readonly Handler[] {
  const found = METHODS.flatMap(method => {
    const each = exported(view, placed, method);
    return each && !hands(view, each, isDispatcher) ? [{ ...each, method }] : [];
  });
  const of = ({ written, answer }: Exported) => answer?.function.definition ?? written.expression;
  return found.flatMap((each, index) => {
    // One function under several names is one route.
    const same = found.filter(other => of(other) === of(each));
    if (found.findIndex(other => same.includes(other)) < index) return [];
    const methods = same.map(({ method }) => method);
    return [handlerOf(view, placed, each, stated(methods), methods.join('/'))];
  });
}

/** `export default function handler(request, response) {…}`, which asks for the method by itself. */
function apiIn(view: CodeView, placed: Placed): readonly Handler[] {
  const found = exported(view, placed, 'default') ?? exported(view, placed, '=');
  if (!found || hands(view, found, isDispatcher)) return [];
  const of = found.answer?.function;
  return [handlerOf(view, placed, found, of ? methodsAsked(view, of) : ANY, 'default')];
}

const ANY = unclear('it answers every method');

/** The methods that a handler speaks of; one that takes a body and asks for none takes all. */
function methodsAsked(view: CodeView, of: FunctionEntity): Value<readonly Method[]> {
  const text = view.textOf(of.scope, of.definition);
  const named = METHODS.filter(method =>
    new RegExp(`['"\`]${method}['"\`]|\\bcase\\s+\\w*\\.${method}\\b`).test(text),
  );
  if (/\bmethod\b/.test(text) && named.length > 0) return stated(named);
  return /\b(req|request)\.body\b/.test(text) ? stated(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) : ANY;
}

function handlerOf(
  view: CodeView,
  placed: Placed,
  { written, answer }: Exported,
  methods: Value<readonly Method[]>,
  name: string,
): Handler {
  const definition = answer?.function.definition;
  const at =
    answer && definition
      ? view.at(answer.function.scope, definition.head)
      : view.at(written.scope, written.expression);
  return {
    route: routeOf({
      at,
      handlerAt: at,
      handler: isSignIn(view, written, answer) ? 'auth/sign-in' : definition?.name || name,
      methods,
      path: stated(joined(basePathOf(view, placed.root), placed.path)),
      transport: 'http',
      reached: view.reach.reachesModule(placed.module),
    }),
    function: answer?.function,
    before: [
      ...middlewareBefore(view, placed),
      ...(answer?.around ?? []).flatMap(each => [...stepsOf(view, each), wrapperOf(view, each)]),
    ],
    registration: undefined,
    router: undefined,
  };
}

const joined = (base: string, path: string): string => (path === '/' && base !== '' ? base : base + path);

/** What NextAuth and its like answer is how users get in. */
function isSignIn(view: CodeView, { expression, scope }: Written, answer: Answer | undefined): boolean {
  const names = [view.nameOf(expression, scope), ...(answer?.around ?? []).map(each => view.nameOf(each.expression, each.scope))]; // prettier-ignore
  if (!answer) return names.some(each => SIGNS_IN.test(each));
  const called = view.callsWithin(answer.function, 0);
  return called.some(({ call, scope: inside }) => {
    const name = view.nameOf(call.callee, inside);
    return /^(next-auth|next-auth\/next|next-auth\(\)\.handlers\.\w+|better-auth.*\.handler|@auth0\/nextjs-auth0\.handleAuth\(\)|@auth\/core\.Auth)$/.test(name); // prettier-ignore
  });
}

/** Where an app has pages alone, its middleware acts by standing there. */
function standingIn(view: CodeView, root: string): readonly Standing[] {
  const middleware = middlewareOf(view, root);
  if (!middleware) return [];
  const { expression, scope, module } = middleware;
  return [
    {
      expression,
      scope,
      level: 'app',
      path: isAsked(middleware, '/') === 'yes' ? '/' : undefined,
      site: { scope, call: expression },
      reached: view.reach.reachesModule(module),
    },
  ];
}

function middlewareBefore(view: CodeView, { root, path }: Placed): readonly Layer[] {
  const middleware = middlewareOf(view, root);
  const covers = middleware ? isAsked(middleware, path) : 'no';
  return middleware && covers !== 'no' ? [layerOf(view, middleware, path, covers)] : [];
}

function layerOf(view: CodeView, middleware: Middleware, path: string | undefined, covers: Truth): Layer {
  const { expression, scope, function: of, module } = middleware;
  const asks = turnsAway(view, middleware, path);
  return {
    expression,
    scope,
    level: 'app',
    function: of,
    covers,
    site: { scope: view.code.resolver.scopeOf(module), conditions: [] },
    asking: { checks: asks === 'no' ? undefined : 'identity', asks, name: 'the middleware' },
  };
}

/** A server function is called at the address of any page: whether middleware is asked there cannot be told. */
function behindMiddleware(view: CodeView, action: Handler): Handler {
  const layers = rootsOf(view).flatMap(root => {
    const middleware = middlewareOf(view, root);
    return middleware ? [layerOf(view, middleware, undefined, 'unclear')] : [];
  });
  return { ...action, before: [...layers, ...action.before] };
}
