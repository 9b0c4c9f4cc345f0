import type { Method, Route, Truth, Value } from '../../../model/index.ts';
import { stated } from '../../../model/index.ts';
import type { Call, ClassDefinition, Expression, FunctionDefinition } from '../../../read/syntax.ts';
import type { ClassEntity, FunctionEntity } from '../../code/entities.ts';
import { methodsOf, pathValue, type Decoration, type Handler } from '../handler.ts';
import { routersIn, type Mounted, type RouterDialect, type Routers } from '../routers.ts';
import { plain, routeOf } from '../../code/route-parts.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite, DefinitionSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const DIALECT: RouterDialect = {
  apps: ['flask.Flask', 'apiflask.APIFlask', 'flask_openapi3.OpenAPI', 'quart.Quart'],
  routers: {
    'flask.Blueprint': 'url_prefix',
    'apiflask.APIBlueprint': 'url_prefix',
    'flask_openapi3.APIBlueprint': 'url_prefix',
    'quart.Blueprint': 'url_prefix',
    'flask_smorest.Blueprint': 'url_prefix',
    'flask_restful.Api': 'prefix',
    'flask_restx.Api': 'prefix',
    'flask_restx.Namespace': 'path',
    'flask_smorest.Api': '',
  },
  hung: ['flask_restful.Api', 'flask_restx.Api', 'flask_smorest.Api'],
  mounts: {
    register_blueprint: {
      router: { name: 'blueprint', position: 0 },
      prefix: { name: 'url_prefix', position: -1 },
    },
    register_api: { router: { name: 'api', position: 0 }, prefix: { name: 'url_prefix', position: -1 } },
    add_namespace: { router: { name: 'ns', position: 0 }, prefix: { name: 'path', position: 1 } },
  },
  mountReplaces: true,
};

const VERBS: Readonly<Record<string, readonly Method[]>> = {
  route: ['GET'],
  get: ['GET'],
  post: ['POST'],
  put: ['PUT'],
  patch: ['PATCH'],
  delete: ['DELETE'],
};

/** Names that an app or router has when it comes as a parameter. */
const LIKELY = /^(app|application|bp|blueprint|api|[a-z_]*_(bp|blueprint|api|ns|namespace))$/;

interface Place {
  readonly mounts: readonly Mounted[];
  readonly router: CallSite | undefined;
}

/** Where routes of this object are served; `undefined` when it is no router at all. */
function placeOf(python: PythonView, routers: Routers, object: Expression, scope: Scope): Place | undefined {
  const router = routers.routerOf(object, scope);
  const site = router && routers.siteOf(router);
  if (router && site) return { mounts: routers.mountsOf(router), router: site };
  const name = python.nameOf(object, scope);
  const isUnknown = name === '' || name.startsWith('builtins.');
  if (isUnknown && object.kind === 'name' && LIKELY.test(object.name))
    return { mounts: [{ prefix: '', reached: 'yes', by: [] }], router: undefined };
  // A class of the repository that is derived from Flask.
  return /^flask\.(Flask|Blueprint)\(\)$/.test(name)
    ? { mounts: [{ prefix: '', reached: 'yes', by: [] }], router: undefined }
    : undefined;
}

const HTTP_METHODS: Readonly<Record<string, Method>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
};

const worst = (left: Truth, right: Truth): Truth =>
  left === 'no' || right === 'no' ? 'no' : left === 'unclear' || right === 'unclear' ? 'unclear' : 'yes';

interface Found {
  readonly registration: CallSite;
  readonly place: Place;
  readonly path: string | undefined;
  readonly function: FunctionEntity;
  readonly decorators: readonly Decoration[];
  readonly outside: number;
  readonly methods: Value<readonly Method[]>;
  readonly transport: Route['transport'];
}

function* handlersFrom(python: PythonView, found: Found): Generator<Handler> {
  const { definition, scope } = found.function;
  const own = python.reached(found.registration);
  const mounts =
    found.place.mounts.length > 0 ? found.place.mounts : [{ prefix: '', reached: 'no' as const, by: [] }];
  for (const mount of mounts)
    yield {
      route: routeOf({
        at: python.at(found.registration.scope, found.registration.call),
        handlerAt: python.at(scope, definition.head),
        handler: definition.name,
        methods: found.methods,
        path: found.transport === 'event' ? stated(found.path ?? '') : pathValue(mount.prefix, found.path),
        transport: found.transport,
        reached: worst(mount.reached, own),
      }),
      function: found.function,
      decorators: found.decorators,
      outside: found.outside,
      registration: found.registration,
      router: found.place.router,
      mountedBy: mount.by,
    };
}

const entityOf = ({ definition, scope }: DefinitionSite<FunctionDefinition>): FunctionEntity => ({
  kind: 'function',
  definition,
  scope,
  self: undefined,
});

/** `@app.route("/x", methods=[…])`, `@bp.get("/x")`, `@socketio.on("event")` over functions. */
function* decorated(python: PythonView, routers: Routers): Generator<Handler> {
  for (const site of python.decorated()) {
    const { decorators } = site.definition;
    for (const [index, decorator] of decorators.entries()) {
      if (decorator.kind !== 'call' || decorator.callee.kind !== 'attribute') continue;
      const registration = registrationOf(site, decorator);
      const args = python.args(registration);
      const { name, object } = decorator.callee;
      const verb = VERBS[name];
      if (verb) {
        const place = placeOf(python, routers, object, site.scope);
        if (!place) continue;
        yield* handlersFrom(python, {
          registration,
          place,
          path: plain(args.arg(0, 'rule')),
          function: entityOf(site),
          decorators: decorations(site),
          outside: index,
          methods: methodsOf(name === 'route' ? args.arg(-1, 'methods') : undefined, verb),
          transport: 'http',
        });
      } else if (name === 'on' && isSocket(python, object, site.scope))
        yield* handlersFrom(python, {
          registration,
          place: { mounts: [{ prefix: '', reached: 'yes', by: [] }], router: undefined },
          path: plain(args.arg(0, 'message')),
          function: entityOf(site),
          decorators: decorations(site),
          outside: index,
          methods: stated([]),
          transport: 'event',
        });
    }
  }
}

const isSocket = (python: PythonView, object: Expression, scope: Scope): boolean =>
  python.nameOf(object, scope) === 'flask_socketio.SocketIO()' ||
  (object.kind === 'name' && /^(socketio|sio)$/.test(object.name) && python.imports('flask_socketio'));

function registrationOf(site: DefinitionSite<FunctionDefinition | ClassDefinition>, call: Call): CallSite {
  return { call, scope: site.scope, statement: site.definition, conditions: site.conditions };
}

/** `@ns.route("/x")` over a class with methods `get`, `post` …; also `@blp.route` over a `MethodView`. */
function* decoratedClasses(python: PythonView, routers: Routers): Generator<Handler> {
  for (const site of python.classesNaming('route'))
    for (const decorator of site.definition.decorators) {
      if (
        decorator.kind !== 'call' ||
        decorator.callee.kind !== 'attribute' ||
        decorator.callee.name !== 'route'
      )
        continue;
      const place = placeOf(python, routers, decorator.callee.object, site.scope);
      if (!place) continue;
      const registration = registrationOf(site, decorator);
      yield* classHandlers(
        python,
        registration,
        place,
        plain(python.args(registration).arg(0, 'rule')),
        site,
      );
    }
}

function* classHandlers(
  python: PythonView,
  registration: CallSite,
  place: Place,
  path: string | undefined,
  { definition, scope }: DefinitionSite<ClassDefinition>,
): Generator<Handler> {
  const inside = scope.inner(definition);
  const shared = classDecorators(python, { kind: 'class', definition, scope });
  for (const member of definition.body) {
    const method = member.kind === 'function' ? HTTP_METHODS[member.name] : undefined;
    if (member.kind !== 'function' || !method) continue;
    yield* handlersFrom(python, {
      registration,
      place,
      path,
      function: {
        kind: 'function',
        definition: member,
        scope: inside,
        self: { kind: 'class', definition, scope },
      },
      decorators: [...shared, ...decorations({ definition: member, scope: inside })],
      outside: 0,
      methods: stated([method]),
      transport: 'http',
    });
  }
}

const decorations = ({
  definition,
  scope,
}: Pick<DefinitionSite<FunctionDefinition>, 'definition' | 'scope'>): readonly Decoration[] =>
  definition.decorators.map(expression => ({ expression, scope }));

/** `decorators = [login_required]` and `method_decorators = Base.decorators + [limit]`, own or inherited. */
function classDecorators(python: PythonView, of: ClassEntity): readonly Decoration[] {
  return ['decorators', 'method_decorators'].flatMap(name => {
    const [own] = python.code.resolver.memberBindings(of, name);
    return own?.binding.kind === 'value' ? listed(python, own.binding.value, own.scope) : [];
  });
}

/** The items of a list, also of one that is put together of others. */
function listed(python: PythonView, list: Expression, scope: Scope): readonly Decoration[] {
  if (list.kind === 'collection') return list.items.map(expression => ({ expression, scope }));
  if (list.kind === 'binary')
    return [...listed(python, list.left, scope), ...listed(python, list.right, scope)];
  const of = list.kind === 'attribute' ? python.resolve(list.object, scope) : undefined;
  if (list.kind !== 'attribute' || of?.kind !== 'class') return [];
  const [inherited] = python.code.resolver.memberBindings(of, list.name);
  return inherited?.binding.kind === 'value' ? listed(python, inherited.binding.value, inherited.scope) : [];
}

/** `api.add_resource(Orders, "/orders")`, `app.add_url_rule("/x", view_func=…)`. */
function* registered(python: PythonView, routers: Routers): Generator<Handler> {
  for (const site of python.callsEnding('add_resource', 'add_url_rule', ...ownRegistrars(python))) {
    const { callee } = site.call;
    if (callee.kind !== 'attribute') continue;
    const place = placeOf(python, routers, callee.object, site.scope);
    if (!place) continue;
    if (callee.name === 'add_url_rule') yield* urlRule(python, site, place);
    else yield* resource(python, site, place);
  }
}

/** Names of own methods that hand a resource on to `add_resource`. */
function ownRegistrars(python: PythonView): readonly string[] {
  return python.callsEnding('add_resource').flatMap(({ call, scope }) => {
    const { callee } = call;
    const of = scope.definition;
    const [first] = call.args;
    return callee.kind === 'attribute' &&
      callee.object.kind === 'name' &&
      callee.object.name === 'self' &&
      of?.kind === 'function' &&
      first?.value.kind === 'name' &&
      of.params.some(({ name }) => first.value.kind === 'name' && name === first.value.name)
      ? [of.name]
      : [];
  });
}

function* resource(python: PythonView, site: CallSite, place: Place): Generator<Handler> {
  const [first, ...paths] = site.call.args.filter(arg => arg.name === '');
  const entity = first && python.resolve(first.value, site.scope);
  if (entity?.kind !== 'class') return;
  const definition = { definition: entity.definition, scope: entity.scope, conditions: [] };
  for (const path of paths)
    yield* classHandlers(python, site, place, plain(python.evaluate(path.value, site.scope)), definition);
}

function* urlRule(python: PythonView, site: CallSite, place: Place): Generator<Handler> {
  const args = python.args(site);
  const view =
    site.call.args.find(arg => arg.name === 'view_func') ?? site.call.args.filter(arg => arg.name === '')[2];
  if (!view) return;
  const path = plain(args.arg(0, 'rule'));
  if (
    view.value.kind === 'call' &&
    view.value.callee.kind === 'attribute' &&
    view.value.callee.name === 'as_view'
  ) {
    const of = python.resolve(view.value.callee.object, site.scope);
    if (of?.kind === 'class')
      yield* classHandlers(python, site, place, path, {
        definition: of.definition,
        scope: of.scope,
        conditions: [],
      });
    return;
  }
  const entity = python.resolve(view.value, site.scope);
  if (entity?.kind !== 'function') return;
  yield* handlersFrom(python, {
    registration: site,
    place,
    path,
    function: entity,
    decorators: decorations(entity),
    outside: 0,
    methods: methodsOf(args.arg(-1, 'methods'), ['GET']),
    transport: 'http',
  });
}

/** Handlers of Flask, its class views, RESTful, RESTX, Smorest and SocketIO. */
export function flaskHandlers(python: PythonView): readonly Handler[] {
  if (
    !python.imports(
      'flask',
      'apiflask',
      'flask_openapi3',
      'quart',
      'flask_smorest',
      'flask_restx',
      'flask_restful',
      'flask_socketio',
    )
  )
    return [];
  const routers = routersIn(python, DIALECT);
  return [
    ...decorated(python, routers),
    ...decoratedClasses(python, routers),
    ...registered(python, routers),
  ];
}
