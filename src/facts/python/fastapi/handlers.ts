import type { Method, Truth } from '../../../model/index.ts';
import { stated } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { methodsOf, pathValue, routeOf, type Handler } from '../handler.ts';
import { plain, routersIn, type Mounted, type RouterDialect, type Routers } from '../routers.ts';
import type { Scope } from '../scopes.ts';
import type { CallSite } from '../sites.ts';
import type { PythonView } from '../view.ts';

const DIALECT: RouterDialect = {
  apps: ['fastapi.FastAPI', 'starlette.applications.Starlette'],
  routers: {
    'fastapi.APIRouter': 'prefix',
    'fastapi.routing.APIRouter': 'prefix',
    'starlette.routing.Router': '',
  },
  mounts: {
    include_router: { router: 'router', prefix: 'prefix' },
    mount: { router: 'app', prefix: 'path' },
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
  return [...decorated(python, routers)];
}

function* decorated(python: PythonView, routers: Routers): Generator<Handler> {
  for (const site of python.functions())
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
