import type { Method, Truth } from '../../../model/index.ts';
import { both, either, stated } from '../../../model/index.ts';
import type { Call, ClassDefinition, FunctionDefinition } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import { routeOf } from '../../code/route-parts.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { BlindSpot, Handler, Layer, Routing, Standing } from '../handler.ts';
import { joinedPath, pathValue } from '../paths.ts';
import { appCalls, appSites, isDone, listeningSites } from './apps.ts';
import { NO_CALLS } from './filled.ts';
import { entriesOf, MESSAGES, PATTERNS, RESOLVERS, type Entry } from './entries.ts';
import { connectionOf } from './gateways.ts';
import { graphqlOf } from './graphql.ts';
import { askingOf } from './guards.ts';
import { guardsIn, layerOf, layersAt, type AskingPut, type Put } from './layers.ts';
import { itemsOf, type Item } from './lists.ts';
import { argumentOf, marksOf, named, type Mark } from './marks.ts';
import type { Marks } from './metadata.ts';
import { consumedBy, usedBy, type Before } from './middleware.ts';
import { servedBy, type Served, type ServedModule } from './modules.ts';
import {
  baseOf,
  isLeftOut,
  pathsIn,
  prefixesOf,
  versionMarked,
  versionParts,
  type Prefixes,
} from './paths.ts';
import { providedAs } from './providers.ts';

const METHODS: Readonly<Record<string, readonly Method[]>> = {
  Get: ['GET'],
  Sse: ['GET'],
  Head: ['HEAD'],
  Post: ['POST'],
  Put: ['PUT'],
  Patch: ['PATCH'],
  Delete: ['DELETE'],
  Options: ['OPTIONS'],
  All: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
};

/** Decorators that add routes which nothing shows. */
const ADDS_ROUTES = /^(@nestjsx\/crud|@dataui\/crud)\.Crud$|^@ts-rest\/nest\.|^@nestia\/core\./;

/** A route of a controller with the marks at it. */
export interface NestHandler extends Handler {
  readonly controller: ClassDefinition;
  readonly marks: Marks;
  readonly guards: readonly AskingPut[];
  /** Pipes of the whole app. */
  readonly pipes: readonly Item[];
}

export const isOfNest = (handler: Handler): handler is NestHandler => 'marks' in handler;

/** What an app is given for all of its routes. */
export interface AppWide {
  readonly filters: readonly Item[];
  readonly interceptors: readonly Item[];
}

/** What one app serves. */
interface App extends AppWide {
  readonly site: CallSite;
  readonly reached: Truth;
  readonly modules: readonly ServedModule[];
  readonly prefixes: Prefixes;
  readonly guards: readonly Put[];
  /** Those of them that modules provide. */
  readonly provided: readonly Put[];
  readonly pipes: readonly Item[];
  readonly before: readonly Before[];
}

export interface NestRouting extends Routing, AppWide {
  readonly handlers: readonly NestHandler[];
  readonly modules: readonly ServedModule[];
}

const known = new WeakMap<CodeView, NestRouting>();

/** Routes of NestJS: the controllers of the modules that an app is put together of. */
export function nestRouting(view: CodeView): NestRouting {
  const before = known.get(view);
  if (before) return before;
  const found = read(view);
  known.set(view, found);
  return found;
}

function read(view: CodeView): NestRouting {
  if (!view.imports('@nestjs/core', '@nestjs/common'))
    return { handlers: [], standing: [], blind: [], modules: [], filters: [], interceptors: [] };
  const blind: BlindSpot[] = [];
  const sites = appSites(view);
  const listening = listeningSites(view);
  const started = sites.filter(site => isDone(view, site) !== 'no');
  let isOpen = sites.length + listening.length === 0;
  const apps = (started.length > 0 ? started : sites).map(site => {
    const { modules, ...served } = rootedIn(view, site);
    isOpen ||= served.isOpen;
    blind.push(...served.blind);
    return appOf(view, site, modules);
  });
  const handlers = apps.flatMap(app =>
    app.modules.flatMap(module =>
      module.controllers.flatMap(item => {
        const of = view.resolve(item.expression, item.scope);
        if (of?.kind === 'class')
          return routesOf(view, app, { module, of, there: both(module.there, item.there) });
        isOpen = true;
        const { path } = view.at(item.scope, item.expression);
        blind.push({ path, because: 'serves a controller that cannot be followed' });
        return [];
      }),
    ),
  );
  const entries = [
    ...apps.flatMap(app => [...entriesBy(view, app, blind)]),
    ...listening.flatMap(site => [
      ...entriesBy(view, appOf(view, site, rootedIn(view, site).modules), blind, true),
    ]),
  ];
  const left = unserved(view, handlers, isOpen ? 'unclear' : 'no');
  blind.push(...unreadIn(view));
  return {
    handlers: [...handlers, ...entries, ...left],
    standing: apps.flatMap(standingOn),
    blind,
    modules: apps.flatMap(({ modules }) => modules),
    filters: apps.flatMap(({ filters, reached }) => filters.map(each => servedTo(each, reached))),
    interceptors: apps.flatMap(({ interceptors, reached }) =>
      interceptors.map(each => servedTo(each, reached)),
    ),
  };
}

function rootedIn(view: CodeView, { call, scope }: CallSite): Served {
  const [root] = call.args;
  return root
    ? servedBy(view, { expression: root.value, scope, calls: NO_CALLS })
    : { modules: [], blind: [], isOpen: true };
}

/** What an app answers besides HTTP. `isListening`: it is made for messages of other services, and nothing else. */
function* entriesBy(
  view: CodeView,
  app: App,
  blind: BlindSpot[],
  isListening = false,
): Generator<NestHandler> {
  const { modules, reached, provided, guards } = app;
  const connected = isListening
    ? 'yes'
    : either(...appCalls(view, app.site, 'connectMicroservice').map(site => isDone(view, site)));
  for (const entry of entriesOf(view, PATTERNS, modules, both(reached, connected)))
    yield entryHandler(view, app, entry, { guards: provided, before: [] });
  if (isListening) return;
  for (const entry of entriesOf(view, MESSAGES, modules, reached))
    yield entryHandler(view, app, entry, { guards: provided, before: connectionOf(view, entry.of) });
  const graphql = graphqlOf(view, modules);
  blind.push(...graphql.blind);
  const before = layersAt(app, {
    whole: graphql.path,
    local: [graphql.path],
    methods: ['POST'],
    controller: undefined,
  });
  for (const entry of entriesOf(view, RESOLVERS, modules, both(reached, graphql.there)))
    yield entryHandler(view, app, entry, { guards, before });
}

const servedTo = (item: Item, reached: Truth): Item => ({ ...item, there: both(item.there, reached) });

const NOWHERE: Prefixes = { global: '', leftOut: [], version: undefined, versions: [] };

/** Controllers that no app serves are there all the same. */
function unserved(view: CodeView, served: readonly NestHandler[], there: Truth): readonly NestHandler[] {
  const known = new Set(served.map(({ controller }) => controller));
  return view.classes().flatMap(({ definition, scope }) => {
    if (definition.decorators.length === 0 || known.has(definition)) return [];
    if (named(marksOf(view, definition, scope), 'Controller').length === 0) return [];
    const of: ClassEntity = { kind: 'class', definition, scope };
    const app = { reached: there, prefixes: NOWHERE, guards: [], pipes: [], before: [] };
    return routesOf(view, app, { module: { prefix: '' }, of, there });
  });
}

/** Decorators by which something answers that is not read here. */
function unreadIn(view: CodeView): readonly BlindSpot[] {
  return view.classes().flatMap(({ definition, scope }) => {
    const at = view.at(scope, definition).path;
    const [adding] = definition.decorators.length > 0 ? marksOf(view, definition, scope) : [];
    return adding && ADDS_ROUTES.test(adding.name)
      ? [{ path: at, because: `gets routes of ${adding.name}, which are not read` }]
      : [];
  });
}

function appOf(view: CodeView, site: CallSite, modules: readonly ServedModule[]): App {
  const put = (guard: Item): Put => ({ guard, level: 'app', there: guard.there, at: guard });
  const given = (method: string): readonly Item[] =>
    appCalls(view, site, method).flatMap(each =>
      each.call.args
        .flatMap(({ value }) => itemsOf(view, { expression: value, scope: each.scope, calls: NO_CALLS }))
        .map(item => ({ ...item, there: both(item.there, isDone(view, each)) })),
    );
  const providedBy = (token: string): readonly Item[] =>
    modules.flatMap(module =>
      providedAs(view, module, token).map(item => ({ ...item, there: both(module.there, item.there) })),
    );
  const provided = providedBy('APP_GUARD').map(put);
  return {
    site,
    reached: isDone(view, site),
    modules,
    prefixes: prefixesOf(view, site),
    guards: [...given('useGlobalGuards').map(put), ...provided],
    provided,
    pipes: [...given('useGlobalPipes'), ...providedBy('APP_PIPE')],
    filters: [...given('useGlobalFilters'), ...providedBy('APP_FILTER')],
    interceptors: [...given('useGlobalInterceptors'), ...providedBy('APP_INTERCEPTOR')],
    before: [...usedBy(view, site), ...consumedBy(view, modules)],
  };
}

const standingOn = ({ before, reached }: App): readonly Standing[] =>
  before.map(({ thing, site, there, on }) => ({
    ...thing,
    level: 'app',
    path: on[0]?.path,
    site,
    reached: both(reached, there),
  }));

interface Place {
  readonly module: Pick<ServedModule, 'prefix'>;
  readonly of: ClassEntity;
  readonly there: Truth;
}

type AppParts = Pick<App, 'reached' | 'prefixes' | 'guards' | 'pipes' | 'before'>;

function routesOf(view: CodeView, app: AppParts, place: Place): readonly NestHandler[] {
  const { of } = place;
  const classMarks = marksOf(view, of.definition, of.scope);
  const seen = new Set<string>();
  const found: NestHandler[] = [];
  for (const each of [of, ...view.code.resolver.basesOf(of)]) {
    if (each.kind !== 'class') continue;
    const inside = each.scope.inner(each.definition);
    for (const member of each.definition.body) {
      if (member.kind !== 'function' || seen.has(member.name)) continue;
      seen.add(member.name);
      if (member.decorators.length === 0) continue;
      const marks: Marks = { method: marksOf(view, member, inside), class: classMarks };
      for (const mark of marks.method)
        found.push(...routesBy(view, app, place, { mark, marks, definition: member, scope: inside }));
    }
  }
  return found;
}

interface RouteMark {
  readonly mark: Mark;
  readonly marks: Marks;
  readonly definition: FunctionDefinition;
  readonly scope: Scope;
}

function* routesBy(view: CodeView, app: AppParts, place: Place, method: RouteMark): Generator<NestHandler> {
  const { mark, marks } = method;
  const word = mark.name.replace('@nestjs/common.', '');
  const methods = word !== mark.name && Object.hasOwn(METHODS, word) ? METHODS[word] : undefined;
  const { call } = mark;
  if (!methods || !call) return;
  const base = baseOf(view, marks.class);
  const versions = versionParts(app.prefixes, versionMarked(view, marks.method) ?? base.versions);
  for (const version of versions)
    for (const outer of base.paths)
      for (const inner of pathsIn(view, argumentOf(mark, 0))) {
        const local = joinedPath(place.module.prefix, outer, inner);
        const isBare = isLeftOut(app.prefixes, local, methods) === 'yes';
        const withVersion = joinedPath(version, local);
        const whole = joinedPath(isBare ? '' : app.prefixes.global, withVersion);
        yield handlerOf(
          view,
          app,
          place,
          { ...method, call },
          { methods, whole, local: [local, withVersion] },
        );
      }
}

interface Paths {
  readonly methods: readonly Method[];
  readonly whole: string | undefined;
  readonly local: readonly (string | undefined)[];
}

function handlerOf(
  view: CodeView,
  app: AppParts,
  { of, there }: Place,
  { mark, call, marks, definition, scope }: RouteMark & { readonly call: Call },
  { methods, whole, local }: Paths,
): NestHandler {
  const controller = of.definition;
  const guards = [
    ...app.guards,
    ...guardsIn(view, marks.class, 'router'),
    ...guardsIn(view, marks.method, 'route'),
  ].map(put => ({ put, asking: askingOf(view, put.guard, marks) }));
  const before = layersAt(app, { whole, local, methods, controller });
  const layers = guards.map(layerOf);
  return {
    route: routeOf(
      {
        at: view.at(mark.outer.scope, mark.outer.expression),
        handlerAt: view.at(scope, definition.head),
        handler: definition.name,
        methods: stated(methods),
        path: pathValue(whole),
        transport: 'http',
        reached: both(app.reached, there),
      },
      guards.find(({ asking }) => asking.isLifted)?.asking.name,
    ),
    function: { kind: 'function', definition, scope, self: { kind: 'object', of, made: undefined } },
    before: [...before, ...layers],
    registration: { call, scope: mark.scope },
    router: undefined,
    controller,
    marks,
    guards,
    pipes: app.pipes,
  };
}

/** Guards that the app is given act on requests alone, those that a module provides on messages too. */
function entryHandler(
  view: CodeView,
  app: App,
  { of, mark, marks, route, function: answers }: Entry,
  asked: { readonly guards: readonly Put[]; readonly before: readonly Layer[] },
): NestHandler {
  const guards = [
    ...asked.guards,
    ...guardsIn(view, marks.class, 'router'),
    ...guardsIn(view, marks.method, 'route'),
  ].map(put => ({ put, asking: askingOf(view, put.guard, marks) }));
  return {
    route: { ...route, openBy: guards.find(({ asking }) => asking.isLifted)?.asking.name ?? '' },
    function: answers,
    before: [...asked.before, ...guards.map(layerOf)],
    registration: { call: mark.call, scope: mark.scope },
    router: undefined,
    controller: of.definition,
    marks,
    guards,
    pipes: app.pipes,
  };
}
