import type { Method, Truth } from '../../../model/index.ts';
import { both, stated, unclear, type Value } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { resultsIn } from '../../code/results.ts';
import { plain, routeOf } from '../../code/route-parts.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { answerOf, placeOfAnswer } from '../answered.ts';
import { inProduction } from '../conditions.ts';
import type { BlindSpot, Handler, Layer, Routing, Standing } from '../handler.ts';
import { joinedPath, pathValue } from '../paths.ts';
import { autoloaded, autoloadedIn, type Autoloaded } from './autoload.ts';
import { argumentOf, instanceOf, optionOf, pluginOf, type Instance } from './instances.ts';

const METHODS: Readonly<Record<string, readonly Method[]>> = {
  get: ['GET'],
  head: ['HEAD'],
  post: ['POST'],
  put: ['PUT'],
  patch: ['PATCH'],
  delete: ['DELETE'],
  options: ['OPTIONS'],
  all: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
};

/** Hooks that run before a handler and may answer in its place. */
const BEFORE = ['onRequest', 'preParsing', 'preValidation', 'preHandler'];

const DEEPEST = 12;

interface Hook {
  readonly thing: Written;
  readonly site: CallSite;
}

/** What stands in one plugin, with what plugins that share its instance add: in the order of the text. */
interface Part {
  readonly kind: 'hook' | 'route' | 'register';
  readonly site: CallSite;
  /** Where in the text of the instance's own plugin it is put there. */
  readonly position: number;
  /** Added by the text itself, and not by a plugin that is loaded later. */
  readonly isOwn: boolean;
}

interface Walk {
  readonly view: CodeView;
  readonly byInstance: ReadonlyMap<Instance, readonly CallSite[]>;
  readonly decorated: ReadonlyMap<string, Written>;
  readonly handlers: Handler[];
  readonly standing: Standing[];
  readonly served: Set<Instance>;
  readonly blind: BlindSpot[];
  /** The calls that register what cannot be told: a folder, or a plugin that is not followed. */
  readonly loaders: CallSite[];
}

interface Place {
  readonly prefix: string | undefined;
  readonly reached: Truth;
  readonly hooks: readonly Layer[];
  readonly depth: number;
}

const WORDS = [...Object.keys(METHODS), 'route', 'register', 'addHook'];

/** Routes of Fastify: each plugin is a scope of its own, with the hooks of those around it. */
export function fastifyRouting(view: CodeView): Routing {
  const byInstance = new Map<Instance, CallSite[]>();
  const plugins = new Set(
    [...view.calls('fastify().register'), ...loadedSites(view)].flatMap(site => {
      const plugin = registered(view, site);
      return typeof plugin === 'object' ? [plugin.definition] : [];
    }),
  );
  for (const site of view.calls(...WORDS.map(word => `fastify().${word}`))) {
    const { callee } = site.call;
    const instance =
      callee.kind === 'attribute'
        ? instanceOf(view, { expression: callee.object, scope: site.scope }, plugins)
        : undefined;
    if (!instance) continue;
    const list = byInstance.get(instance);
    if (list) list.push(site);
    else byInstance.set(instance, [site]);
  }
  const walk: Walk = {
    view,
    byInstance,
    decorated: decoratedIn(view),
    handlers: [],
    standing: [],
    served: new Set(),
    blind: [],
    loaders: [],
  };
  const top = { prefix: '', hooks: [], depth: 0 };
  for (const site of view.calls('fastify', 'fastify.fastify'))
    serve(walk, site.call, { ...top, reached: view.reached(site) });
  // A plugin that nothing registers is served nowhere, unless something is registered that cannot be told.
  const reached: Truth = walk.blind.length > 0 ? 'unclear' : 'no';
  const hooks = walk.loaders.slice(0, 1).map(aroundLoaded);
  for (const instance of byInstance.keys())
    if (!walk.served.has(instance))
      serve(walk, instance, { ...top, hooks, reached, prefix: reached === 'no' ? '' : undefined });
  return { handlers: walk.handlers, standing: walk.standing, blind: walk.blind };
}

/** What a folder is loaded into, and the hooks that lie in it (`autohooks.ts`), may ask who calls. */
const aroundLoaded = (site: CallSite): Layer => ({
  expression: site.call,
  scope: site.scope,
  function: undefined,
  level: 'app',
  covers: 'unclear',
  site,
  asking: { checks: 'identity', name: 'hooks of a folder that is loaded', asks: 'unclear' },
});

const decoratedIn = (view: CodeView): ReadonlyMap<string, Written> =>
  new Map(
    view.calls('fastify().decorate').flatMap(site => {
      const name = plain(view.args(site).arg(0, ''));
      const what = argumentOf(site, 1);
      return name !== undefined && what ? [[name, what] as const] : [];
    }),
  );

/** Plugins and hooks that lie in folders. */
const loadedSites = (view: CodeView): readonly CallSite[] =>
  autoloaded(view).flatMap(({ site, hooks }) => [site, ...hooks]);

function kindOf({ call }: CallSite): Part['kind'] {
  const name = call.callee.kind === 'attribute' ? call.callee.name : '';
  if (name === 'addHook') return 'hook';
  return name === 'register' ? 'register' : 'route';
}

function partsOf(walk: Walk, instance: Instance, around?: Part, depth = 0): readonly Part[] {
  walk.served.add(instance);
  const sites = walk.byInstance.get(instance) ?? [];
  return sites.flatMap((site): readonly Part[] => {
    const part: Part = {
      kind: kindOf(site),
      site,
      position: around?.position ?? site.call.start,
      isOwn: around === undefined,
    };
    if (part.kind !== 'register' || depth > DEEPEST) return [part];
    const plugin = registered(walk.view, site);
    if (typeof plugin === 'object')
      return plugin.isShared ? partsOf(walk, plugin.definition, part, depth + 1) : [part];
    const loaded = autoloadedIn(walk.view).get(site.call) ?? [];
    return [part, ...loaded.flatMap(each => sharedParts(walk, each, part, depth))];
  });
}

/** What a plugin of a folder does to the instance into which the folder is loaded. */
function sharedParts(walk: Walk, { site, hooks }: Autoloaded, part: Part, depth: number): readonly Part[] {
  const plugin = hooks.length === 0 ? registered(walk.view, site) : undefined;
  return typeof plugin === 'object' && plugin.isShared
    ? partsOf(walk, plugin.definition, part, depth + 1)
    : [];
}

const registered = (view: CodeView, site: CallSite): ReturnType<typeof pluginOf> => {
  const what = argumentOf(site, 0);
  return what && pluginOf(view, what);
};

function serve(walk: Walk, instance: Instance, place: Place): void {
  if (place.depth > DEEPEST) return;
  const { view } = walk;
  const parts = partsOf(walk, instance);
  const level = place.depth === 0 ? 'app' : 'router';
  const own = parts
    .filter(({ kind }) => kind === 'hook')
    .flatMap(part =>
      hooksOf(walk, part.site).flatMap(hook => layersOf(walk, hook, level).map(layer => ({ part, layer }))),
    );
  for (const { part, layer } of own)
    walk.standing.push({
      expression: layer.expression,
      scope: layer.scope,
      level,
      path: place.prefix,
      site: part.site,
      reached: both(place.reached, view.reached(part.site), layer.covers),
    });
  for (const { kind, site, position } of parts) {
    if (kind === 'route')
      walk.handlers.push(
        ...handlersAt(walk, site, { ...place, hooks: [...place.hooks, ...own.map(({ layer }) => layer)] }),
      );
    if (kind !== 'register') continue;
    // A plugin gets the hooks that are there when it is loaded, which is at once only for who waits for it.
    const waits = isAwaited(view, site);
    const there = own.filter(({ part }) => part.position < position || (!waits && part.isOwn));
    enter(walk, site, { ...place, hooks: [...place.hooks, ...there.map(({ layer }) => layer)] });
  }
}

function enter(walk: Walk, site: CallSite, place: Place): void {
  const { view } = walk;
  const plugin = registered(view, site);
  const reached = both(place.reached, view.reached(site));
  const name = view.nameOf(site.call.args[0]?.value ?? site.call, site.scope);
  const loaded = autoloadedIn(view).get(site.call);
  if (loaded) {
    for (const each of loaded) enterLoaded(walk, each, { ...place, reached });
    return;
  }
  if (plugin === 'library' ? /autoload|file-routes|now$/.test(name) : plugin === undefined) {
    if (reached !== 'no') {
      walk.loaders.push(site);
      walk.blind.push({
        path: view.at(site.scope, site.call).path,
        because: plugin ? 'loads routes from a folder' : 'registers a plugin that cannot be followed',
      });
    }
    return;
  }
  if (typeof plugin !== 'object') return;
  const options = argumentOf(site, 1);
  const prefix = optionOf(view, options, 'prefix');
  serve(walk, plugin.definition, {
    prefix: joinedPath(place.prefix, prefix ? plain(view.evaluate(prefix.expression, prefix.scope)) : ''),
    reached,
    hooks: place.hooks,
    depth: place.depth + 1,
  });
}

function isGivenInstance(view: CodeView, definition: FunctionDefinition, { scope }: CallSite): boolean {
  const [first] = definition.params;
  if (!first || first.name === '') return true;
  const name: Expression = { kind: 'name', name: first.name, start: definition.end, end: definition.end };
  return view.nameOf(name, scope.inner(definition)) === 'fastify()';
}

/** A plugin of a folder, inside of the hooks that lie in it. */
function enterLoaded(walk: Walk, { site, prefix, hooks }: Autoloaded, place: Place): void {
  const { view } = walk;
  const plugin = registered(view, site);
  // What cannot be told to be the instance may be served all the same.
  if (plugin === undefined || (typeof plugin === 'object' && !isGivenInstance(view, plugin.definition, site)))
    walk.blind.push({
      path: view.at(site.scope, site.call).path,
      because: 'gives out a plugin that cannot be followed',
    });
  if (typeof plugin !== 'object' || (plugin.isShared && hooks.length === 0)) return;
  const around = hooks.flatMap(each => {
    const of = registered(view, each);
    const parts = typeof of === 'object' ? partsOf(walk, of.definition) : [];
    return parts
      .filter(({ kind }) => kind === 'hook')
      .flatMap(part => hooksOf(walk, part.site).flatMap(hook => layersOf(walk, hook, 'router')));
  });
  serve(walk, plugin.definition, {
    prefix: joinedPath(place.prefix, prefix),
    reached: place.reached,
    hooks: [...place.hooks, ...around],
    depth: place.depth + 1,
  });
}

/** `await app.register(x)`: x is loaded before what comes next. */
const isAwaited = (view: CodeView, { call, scope, statement }: CallSite): boolean =>
  /\bawait\s+$/.test(view.textOf(scope, { start: statement.start, end: call.start }));

function hooksOf({ view }: Walk, site: CallSite): readonly Hook[] {
  const name = plain(view.args(site).arg(0, ''));
  const thing = argumentOf(site, 1);
  return thing && (name === undefined || BEFORE.includes(name)) ? [{ thing, site }] : [];
}

/** One hook as what it does; `app.auth([…])` of @fastify/auth as each of the functions that it asks. */
function layersOf(walk: Walk, { thing, site }: Hook, level: Layer['level'], depth = 0): readonly Layer[] {
  const { view } = walk;
  const { expression, scope } = thing;
  const [list] = expression.kind === 'call' ? expression.args : [];
  if (
    list &&
    depth < 3 &&
    expression.kind === 'call' &&
    view.nameOf(expression.callee, scope) === 'fastify().auth'
  )
    return itemsOf(view, { expression: list.value, scope }).flatMap(each =>
      layersOf(walk, { thing: each, site }, level, depth + 1),
    );
  const plainThing = undecorated(walk, thing);
  const of = answerOf(view, plainThing)?.function;
  return [{ ...plainThing, function: of, level, covers: inProduction(view, site), site, asking: undefined }];
}

/** `app.authenticate` is the function by which the app was decorated, `app.allow("x")` what that one gives back. */
function undecorated({ view, decorated }: Walk, thing: Written): Written {
  const { expression, scope } = thing;
  const callee = expression.kind === 'call' ? expression.callee : expression;
  if (callee.kind !== 'attribute') return thing;
  const found = decorated.get(callee.name);
  if (!found || !/^fastify\(\)/.test(view.nameOf(callee.object, scope))) return thing;
  if (expression.kind !== 'call') return found;
  const maker = writtenAs(view, found.expression, found.scope);
  if (maker.expression.kind !== 'function') return thing;
  const inside = maker.scope.inner(maker.expression);
  const [result] = resultsIn(maker.expression);
  return result ? { expression: result, scope: inside } : thing;
}

function methodsOf(view: CodeView, options: Written | undefined): Value<readonly Method[]> {
  const method = optionOf(view, options, 'method');
  const term = method && view.evaluate(method.expression, method.scope);
  const items = term?.kind === 'list' ? term.items : term ? [term] : [];
  const names = items.map(item => plain(item)?.toUpperCase());
  return names.length > 0 && names.every(name => name !== undefined)
    ? stated(names as readonly Method[])
    : unclear('its method is put in at run time');
}

function* handlersAt(walk: Walk, site: CallSite, place: Place): Generator<Handler> {
  const { view } = walk;
  const word = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
  const isWhole = word === 'route';
  const last = argumentOf(site, site.call.args.length - 1);
  const options = isWhole ? argumentOf(site, 0) : site.call.args.length > 1 ? argumentOf(site, 1) : undefined;
  const url = isWhole
    ? (optionOf(view, options, 'url') ?? optionOf(view, options, 'path'))
    : argumentOf(site, 0);
  const written = optionOf(view, options, 'handler') ?? (isWhole ? undefined : last);
  if (!url || (!isWhole && site.call.args.length < 2)) return;
  const answer = written && answerOf(view, written);
  const definition = answer?.function.definition;
  const own = BEFORE.flatMap(name => {
    const option = optionOf(view, options, name);
    return option ? itemsOf(view, option) : [];
  });
  yield {
    route: routeOf({
      at: view.at(site.scope, site.call),
      handlerAt: placeOfAnswer(view, answer, written ?? { expression: site.call, scope: site.scope }),
      handler:
        definition?.name !== '' && definition
          ? definition.name
          : written
            ? lastNameOf(written.expression)
            : '',
      methods: isWhole ? methodsOf(view, options) : stated(METHODS[word] ?? []),
      path: pathValue(joinedPath(place.prefix, plain(view.evaluate(url.expression, url.scope)))),
      transport: 'http',
      reached: both(place.reached, view.reached(site)),
    }),
    function: answer?.function,
    before: [...place.hooks, ...own.flatMap(thing => layersOf(walk, { thing, site }, 'route'))],
    registration: site,
    router: undefined,
  };
}

/** One hook, or a list of them. */
function itemsOf(view: CodeView, { expression, scope }: Written): readonly Written[] {
  const list = writtenAs(view, expression, scope);
  return list.expression.kind === 'collection'
    ? list.expression.items.map(item => ({ expression: item, scope: list.scope }))
    : [{ expression, scope }];
}
