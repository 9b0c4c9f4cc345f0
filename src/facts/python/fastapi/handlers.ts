import type { Method, Truth } from '../../../model/index.ts';
import { stated } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { methodsOf, pathValue, type Handler } from '../handler.ts';
import { routersIn, type Mounted, type RouterDialect, type Routers } from '../routers.ts';
import { plain, routeOf } from '../../code/route-parts.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const DIALECT: RouterDialect = {
  apps: ['fastapi.FastAPI', 'starlette.applications.Starlette'],
  routers: {
    'fastapi.APIRouter': 'prefix',
    'fastapi.routing.APIRouter': 'prefix',
    'starlette.routing.Router': '',
  },
  hung: [],
  mounts: {
    include_router: { router: { name: 'router', position: 0 }, prefix: { name: 'prefix', position: -1 } },
    mount: { router: { name: 'app', position: 1 }, prefix: { name: 'path', position: 0 } },
  },
  mountReplaces: false,
};

const VERBS: Readonly<Record<string, readonly Method[]>> = {
  get: ['GET'],
  post: ['POST'],
  put: ['PUT'],
  patch: ['PATCH'],
  delete: ['DELETE'],
  head: ['HEAD'],
  options: ['OPTIONS'],
  api_route: ['GET'],
  route: ['GET'],
  websocket: [],
};

const worst = (left: Truth, right: Truth): Truth =>
  left === 'no' || right === 'no' ? 'no' : left === 'unclear' || right === 'unclear' ? 'unclear' : 'yes';

interface Place {
  readonly mounts: readonly Mounted[];
  readonly router: CallSite | undefined;
}

function placeOf(python: PythonView, routers: Routers, object: Expression, scope: Scope): Place | undefined {
  const router = routers.routerOf(object, scope);
  const site = router && routers.siteOf(router);
  if (router && site) return { mounts: routers.mountsOf(router), router: site };
  const name = python.nameOf(object, scope);
  const isUnknown = name === '' || name.startsWith('builtins.');
  return (isUnknown && object.kind === 'name' && /^(app|router|[a-z_]*_router|api)$/.test(object.name)) ||
    /^fastapi\.(FastAPI|APIRouter)\(\)$/.test(name)
    ? { mounts: [{ prefix: '', reached: 'unclear', by: [] }], router: undefined }
    : undefined;
}

/** Handlers of FastAPI and Starlette. */
export function fastapiHandlers(python: PythonView): readonly Handler[] {
  if (!python.imports('fastapi', 'starlette')) return [];
  const routers = routersIn(python, DIALECT);
  return [...decorated(python, routers), ...registered(python, routers), ...listed(python)];
}

interface Registration {
  readonly site: CallSite;
  readonly mounts: readonly Mounted[];
  readonly router: CallSite | undefined;
}

/** `app.add_api_route("/x", handler, methods=[…])`, `app.add_route(…)`. */
function* registered(python: PythonView, routers: Routers): Generator<Handler> {
  for (const site of python.callsEnding('add_api_route', 'add_route')) {
    const { callee } = site.call;
    if (callee.kind !== 'attribute') continue;
    const place = placeOf(python, routers, callee.object, site.scope);
    if (place) yield* handlersAt(python, { site, ...place });
  }
}

/** `Starlette(routes=[Route("/x", handler)])`, mounted in `Mount("/api", routes=[…])` or not. */
function* listed(python: PythonView): Generator<Handler> {
  const mounts = python.calls('starlette.routing.Mount');
  for (const site of python.calls('starlette.routing.Route', 'fastapi.routing.APIRoute')) {
    const around = mounts.filter(
      ({ call, scope }) =>
        scope.module === site.scope.module && call.start < site.call.start && site.call.end <= call.end,
    );
    const prefixes = around.map(mount => plain(python.args(mount).arg(0, 'path')));
    const prefix = prefixes.includes(undefined) ? undefined : prefixes.join('');
    yield* handlersAt(python, {
      site,
      mounts: [{ prefix, reached: python.reached(site), by: around }],
      router: undefined,
    });
  }
}

function* handlersAt(python: PythonView, { site, mounts, router }: Registration): Generator<Handler> {
  const given = site.call.args.filter(arg => arg.name === '' && arg.spread === '');
  const endpoint = site.call.args.find(arg => /^(endpoint|route)$/.test(arg.name)) ?? given[1];
  const entity = endpoint && python.resolve(endpoint.value, site.scope);
  if (entity?.kind !== 'function') return;
  const args = python.args(site);
  for (const mount of mounts.length > 0 ? mounts : [{ prefix: '', reached: 'no' as const, by: [] }])
    yield {
      route: routeOf({
        at: python.at(site.scope, site.call),
        handlerAt: python.at(entity.scope, entity.definition.head),
        handler: entity.definition.name,
        methods: methodsOf(args.arg(-1, 'methods'), ['GET']),
        path: pathValue(mount.prefix, plain(args.arg(0, 'path'))),
        transport: 'http',
        reached: worst(mount.reached, python.reached(site)),
      }),
      function: entity,
      decorators: entity.definition.decorators.map(expression => ({ expression, scope: entity.scope })),
      outside: 0,
      registration: site,
      router,
      mountedBy: mount.by,
    };
}

function* decorated(python: PythonView, routers: Routers): Generator<Handler> {
  for (const site of python.decorated())
    for (const [index, decorator] of site.definition.decorators.entries()) {
      if (decorator.kind !== 'call' || decorator.callee.kind !== 'attribute') continue;
      const { name, object } = decorator.callee;
      const verb = VERBS[name];
      const place = verb && placeOf(python, routers, object, site.scope);
      if (!verb || !place) continue;
      const registration: CallSite = {
        call: decorator,
        scope: site.scope,
        statement: site.definition,
        conditions: site.conditions,
      };
      const args = python.args(registration);
      const mounts =
        place.mounts.length > 0 ? place.mounts : [{ prefix: '', reached: 'no' as const, by: [] }];
      for (const mount of mounts)
        yield {
          route: routeOf({
            at: python.at(site.scope, decorator),
            handlerAt: python.at(site.scope, site.definition.head),
            handler: site.definition.name,
            methods:
              name === 'websocket'
                ? stated([])
                : methodsOf(/route$/.test(name) ? args.arg(-1, 'methods') : undefined, verb),
            path: pathValue(mount.prefix, plain(args.arg(0, 'path'))),
            transport: name === 'websocket' ? 'websocket' : 'http',
            reached: worst(mount.reached, python.reached(registration)),
          }),
          function: { kind: 'function', definition: site.definition, scope: site.scope, self: undefined },
          decorators: site.definition.decorators.map(expression => ({ expression, scope: site.scope })),
          outside: index,
          registration,
          router: place.router,
          mountedBy: mount.by,
        };
    }
}
