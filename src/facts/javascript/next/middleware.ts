import type { Truth } from '../../../model/index.ts';
import { both, not, truth } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Module } from '../../code/modules.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { exportWritten, writtenAs, type Written } from '../../code/written.ts';
import { turnsStrangersAway } from './strangers.ts';
import { optionOf } from '../fastify/instances.ts';
import { listed } from './asked-paths.ts';
import { pathPattern, sampleOf } from './matcher.ts';
import { placedIn } from './places.ts';

/** What stands before the routes of an app. */
export interface Middleware extends Written {
  readonly module: Module;
  readonly name: string;
  readonly function: FunctionEntity | undefined;
  /** The paths for which it is asked; `undefined`: for all. */
  readonly matcher: readonly string[] | 'unclear' | undefined;
}

/** The middleware of an app; the newer name wins. */
export function middlewareOf(view: CodeView, root: string): Middleware | undefined {
  const placed = placedIn(view)
    .filter(each => each.kind === 'middleware' && each.root === root)
    .toSorted(
      (one, other) => Number(/proxy\./.test(other.module.path)) - Number(/proxy\./.test(one.module.path)),
    );
  for (const { module } of placed)
    for (const name of ['default', 'middleware', 'proxy']) {
      if (view.code.resolver.exportsOf(module, name).length === 0) continue;
      const scope = view.code.resolver.scopeOf(module);
      const entity = view.code.resolver.member({ kind: 'module', module }, name);
      const written = exportWritten(view, module, name);
      return {
        ...(written ?? { expression: nameAt(name), scope }),
        module,
        name: entity?.kind === 'external' ? entity.name : '',
        function: entity?.kind === 'function' ? entity : handedTo(view, written),
        matcher: matcherIn(view, module),
      };
    }
  return undefined;
}

const nameAt = (name: string): Expression => ({ kind: 'name', name, start: 0, end: 1 });

/** `auth(request => …)`, `withAuth(function middleware(request) {…}, options)`: the function that is put in. */
function handedTo(view: CodeView, written: Written | undefined): FunctionEntity | undefined {
  if (written?.expression.kind !== 'call') return undefined;
  for (const { value } of written.expression.args) {
    const entity = view.resolve(value, written.scope);
    if (entity?.kind === 'function') return entity;
    const inner =
      value.kind === 'call' ? handedTo(view, { expression: value, scope: written.scope }) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/** `export const config = { matcher: ["/admin/:path*"] }`; conditions beside a source leave it open. */
function matcherIn(view: CodeView, module: Module): Middleware['matcher'] {
  const config = exportWritten(view, module, 'config');
  const matcher = optionOf(view, config, 'matcher');
  if (!matcher) return undefined;
  const term = view.evaluate(matcher.expression, matcher.scope);
  const items = term.kind === 'list' ? term.items : [term];
  const sources = items.map(item => {
    if (item.kind !== 'object') return item;
    return item.entries.some(([key]) => key === 'has' || key === 'missing')
      ? undefined
      : item.entries.find(([key]) => key === 'source')?.[1];
  });
  const texts = sources.map(item => (item?.kind === 'literal' ? String(item.value) : undefined));
  return texts.every(text => text !== undefined) ? texts : 'unclear';
}

/** Whether it is asked for a path at all. */
export function isAsked({ matcher }: Middleware, path: string | undefined): Truth {
  if (matcher === undefined) return 'yes';
  if (matcher === 'unclear' || path === undefined) return 'unclear';
  const found = matcher.map(source => pathPattern(source)?.matches(sampleOf(path)));
  if (found.includes(true)) return 'yes';
  return found.includes(undefined) ? 'unclear' : 'no';
}

/** Middleware of libraries that turns away strangers by itself, unless an option says otherwise. */
const TURNS_AWAY =
  /^(next-auth\/middleware(\.withAuth)?|next-auth\/middleware\.withAuth\(\)|next-auth\/middleware\(\)|@clerk\/nextjs(\/server)?\.authMiddleware\(\)|@auth0\/nextjs-auth0\/edge\.withMiddlewareAuthRequired(\(\))?|@kinde-oss\/kinde-auth-nextjs\/middleware\.withAuth(\(\))?)$/;
/** Options that name the paths which stay open. */
const OPEN = ['publicRoutes', 'ignoredRoutes', 'publicPaths', 'unauthenticatedPaths'];

/** Whether it turns strangers away from a path, which is one of any when it is `undefined`. */
export function turnsAway(view: CodeView, middleware: Middleware, path: string | undefined): Truth {
  const sample = path === undefined ? undefined : sampleOf(path);
  const written = writtenAs(view, middleware.expression, middleware.scope);
  const call = written.expression.kind === 'call' ? written.expression : undefined;
  const own = middleware.function ? turnsStrangersAway(view, middleware.function, sample) : 'no';
  if (own === 'yes') return 'yes';
  const library = ofLibrary(view, middleware, call, written.scope, sample);
  return library === 'no' ? own : library === 'yes' ? 'yes' : 'unclear';
}

function ofLibrary(
  view: CodeView,
  { name }: Middleware,
  call: Call | undefined,
  scope: Scope,
  path: string | undefined,
): Truth {
  const authorized = authorizedIn(view, name, call, scope);
  if (authorized) return turnsStrangersAway(view, authorized, path);
  if (/authkitMiddleware\(\)$/.test(name)) return byAuthkit(view, call, scope, path);
  if (!TURNS_AWAY.test(name)) return 'no';
  const options = call?.args.map(({ value }) => ({ expression: value, scope })) ?? [];
  const open = options.flatMap(each => OPEN.flatMap(key => optionOf(view, each, key) ?? []));
  return both('yes', ...open.map(each => not(listed(view.evaluate(each.expression, each.scope), path))));
}

/** The callback that decides: in the options of `withAuth`, or in the settings of next-auth. */
function authorizedIn(
  view: CodeView,
  name: string,
  call: Call | undefined,
  scope: Scope,
): FunctionEntity | undefined {
  const settings = /^next-auth\(\)\.auth/.test(name) ? settingsOfAuth(view) : [];
  const options = [...(call?.args ?? []).map(({ value }) => ({ expression: value, scope })), ...settings];
  for (const each of options) {
    const callback = optionOf(view, optionOf(view, each, 'callbacks'), 'authorized');
    const entity = callback && view.resolve(callback.expression, callback.scope);
    if (entity?.kind === 'function') return entity;
  }
  return undefined;
}

const settingsOfAuth = (view: CodeView): readonly Written[] =>
  view.calls('next-auth').flatMap(({ call, scope }) => {
    const [first] = call.args;
    return first ? [{ expression: first.value, scope }] : [];
  });

/** `authkitMiddleware({ middlewareAuth: { enabled: true, unauthenticatedPaths: ["/"] } })` */
function byAuthkit(view: CodeView, call: Call | undefined, scope: Scope, path: string | undefined): Truth {
  const [first] = call?.args ?? [];
  const auth = first && optionOf(view, { expression: first.value, scope }, 'middlewareAuth');
  const enabled = optionOf(view, auth, 'enabled');
  const term = enabled && view.evaluate(enabled.expression, enabled.scope);
  if (term?.kind !== 'literal' || term.value !== true) return term ? 'unclear' : 'no';
  const open = optionOf(view, auth, 'unauthenticatedPaths');
  return open ? not(listed(view.evaluate(open.expression, open.scope), path)) : truth(true);
}
