import type { Method, Truth } from '../../model/index.ts';
import { both, stated } from '../../model/index.ts';
import type { Call, Expression } from '../../read/syntax.ts';
import type { FunctionEntity } from '../code/entities.ts';
import { routeOf } from '../code/route-parts.ts';
import type { Module } from '../code/modules.ts';
import { lastNameOf, type CallSite } from '../code/sites.ts';
import type { CodeView } from '../code/view.ts';
import { writtenAs, type Written } from '../code/written.ts';
import { answerOf, placeOfAnswer } from './answered.ts';
import { inProduction } from './conditions.ts';
import type { BlindSpot, Handler, Layer, Routing, Standing } from './handler.ts';
import { compareTurns, type Turn } from './order.ts';
import { coversPath, joinedPath, pathValue } from './paths.ts';
import { registrationsIn, type Registration, type RouterDialect } from './registrations.ts';

/** Routers that are mounted in each other deeper than this are a circle. */
const DEEPEST = 8;

const ANY: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Something put on an app or router that runs for all that comes after it. */
interface Put extends Standing {
  readonly site: CallSite;
  readonly thing: Written;
  readonly below: boolean;
  /** The router that it stands on, and when it was put there. */
  readonly on: Call | undefined;
  readonly turn: Turn;
  readonly isBefore: Truth;
}

/** Where a router is served. */
interface Place {
  readonly prefix: string | undefined;
  readonly reached: Truth;
  readonly outer: readonly Put[];
  readonly depth: number;
}

/** The routes of a framework whose apps and routers are called with paths and functions. */
export function routingOf(view: CodeView, dialect: RouterDialect): Routing {
  const { all, inLoops } = registrationsIn(view, dialect);
  if (all.length === 0) return { handlers: [], standing: [], blind: [] };
  const byRouter = new Map<Call | undefined, Registration[]>();
  for (const each of all) {
    const list = byRouter.get(each.router);
    if (list) list.push(each);
    else byRouter.set(each.router, [each]);
  }
  const makers = view.calls(...dialect.apps, ...dialect.routers);
  const homes = new Map(makers.map(({ call, scope }) => [call, scope.module]));
  const walk: Walk = {
    view,
    dialect,
    byRouter,
    homes,
    handlers: [],
    standing: [],
    served: new Set(),
    blind: [],
  };
  for (const site of inLoops) walk.blind.push(spotAt(view, site, 'adds routes in a loop'));
  const mounted = new Set(
    all.flatMap(({ things }) => things.flatMap(thing => dialect.mounted(view, thing)?.router ?? [])),
  );
  const top = { prefix: '', outer: [], depth: 0 };
  for (const site of view.calls(...dialect.apps))
    if (!mounted.has(site.call)) serve(walk, site.call, { ...top, reached: view.reached(site) });
  serve(walk, undefined, { ...top, reached: 'yes' });
  // A router that nothing mounts is served nowhere, unless something is mounted that cannot be told.
  const reached: Truth = walk.blind.length > 0 ? 'unclear' : 'no';
  for (const router of byRouter.keys())
    if (router && !walk.served.has(router))
      serve(walk, router, { ...top, reached, prefix: reached === 'no' ? '' : undefined });
  return { handlers: walk.handlers, standing: walk.standing, blind: walk.blind };
}

interface Walk {
  readonly view: CodeView;
  readonly dialect: RouterDialect;
  readonly byRouter: ReadonlyMap<Call | undefined, readonly Registration[]>;
  /** The modules in which apps and routers are made. */
  readonly homes: ReadonlyMap<Call, Module>;
  readonly handlers: Handler[];
  readonly standing: Standing[];
  readonly served: Set<Call | undefined>;
  readonly blind: BlindSpot[];
}

const spotAt = (view: CodeView, { scope, call }: CallSite, because: string): BlindSpot => ({
  path: view.at(scope, call).path,
  because,
});

function serve(walk: Walk, router: Call | undefined, place: Place): void {
  const { view, dialect, byRouter } = walk;
  if (place.depth > DEEPEST) return;
  walk.served.add(router);
  const own = byRouter.get(router) ?? [];
  const prefix = joinedPath(place.prefix, router ? dialect.ownPrefix(view, router) : '');
  const standing: Put[] = [];
  for (const registration of own) {
    const { verb, things, site, turn, path } = registration;
    if (typeof verb === 'object') continue;
    for (const thing of things)
      if (verb !== 'mount' && !dialect.mounted(view, thing) && goesOn(walk, thing, verb))
        standing.push({
          ...thing,
          thing,
          reached: both(place.reached, view.reached(site), inProduction(view, site)),
          level: place.depth === 0 ? 'app' : 'router',
          path: joinedPath(prefix, path),
          below: dialect.isPrefix && verb !== 'all',
          on: router,
          turn,
          site,
          isBefore: 'yes',
        });
  }
  walk.standing.push(...standing);
  if (dialect.isMerged)
    for (const registration of own)
      standing.push(...mergedBy(walk, registration, router, { ...place, prefix }));
  const outer = [...place.outer, ...standing];
  for (const registration of own) serveOne(walk, registration, { ...place, prefix, outer });
}

/** What the apps in an app use: `app.route("/api", guarded)` guards what comes after it under the same path. */
function mergedBy(
  walk: Walk,
  { things, path, site, turn, verb }: Registration,
  on: Call | undefined,
  place: Place,
  depth = 0,
): readonly Put[] {
  const { view, dialect, byRouter } = walk;
  if (verb !== 'mount' || depth > DEEPEST) return [];
  return things.flatMap((thing): readonly Put[] => {
    const inner = dialect.mounted(view, thing);
    const prefix = joinedPath(place.prefix, path, inner?.prefix);
    return (inner ? (byRouter.get(inner.router) ?? []) : []).flatMap((each): readonly Put[] => {
      if (each.verb !== 'use')
        return mergedBy(walk, { ...each, site, turn }, on, { ...place, prefix }, depth + 1);
      const reached = both(place.reached, view.reached(site), inProduction(view, site));
      return each.things.map(used => ({
        ...used,
        thing: used,
        reached,
        level: place.depth === 0 ? 'app' : 'router',
        path: joinedPath(prefix, each.path),
        below: dialect.isPrefix,
        on,
        turn,
        site,
        isBefore: 'yes',
      }));
    });
  });
}

function serveOne(walk: Walk, registration: Registration, place: Place): void {
  const { view, dialect } = walk;
  const { verb, things, site, path } = registration;
  const reached = both(place.reached, view.reached(site), inProduction(view, site));
  const whole = joinedPath(place.prefix, path);
  if (typeof verb === 'object' || (verb === 'all' && answers(walk, things.at(-1)))) {
    const methods = typeof verb === 'object' ? verb.methods : ANY;
    walk.handlers.push(...handlerAt(walk, registration, { ...place, prefix: whole, reached }, methods));
    return;
  }
  for (const [index, thing] of things.entries()) {
    const mount = dialect.mounted(view, thing);
    if (mount)
      serve(walk, mount.router, {
        prefix: joinedPath(whole, mount.prefix),
        reached,
        outer: before(walk, registration, place.outer, index),
        depth: place.depth + 1,
      });
    else if (isLoaded(view, thing) && reached !== 'no')
      walk.blind.push(spotAt(view, site, 'mounts routers that are loaded by a name'));
  }
}

/** Of functions with four parameters the first is an error; under `all` one that takes no `next` is the end. */
function goesOn({ view, dialect }: Walk, thing: Written, verb: Registration['verb']): boolean {
  const params = answerOf(view, thing)?.function.definition.params.length;
  return params !== 4 && (verb !== 'all' || params === undefined || params > dialect.nextAt);
}

/** What `all` is given answers by itself, unless it goes on to what comes after. */
const answers = ({ view, dialect }: Walk, thing: Written | undefined): boolean =>
  thing !== undefined && (answerOf(view, thing)?.function.definition.params.length ?? 0) <= dialect.nextAt;

/** `require(file)`: a module that reading cannot tell. */
function isLoaded(view: CodeView, thing: Written): boolean {
  const { expression } = writtenAs(view, thing.expression, thing.scope);
  const call = expression.kind === 'attribute' ? expression.object : expression;
  const load = call.kind === 'await' ? call.value : call;
  return (
    load.kind === 'call' &&
    load.callee.kind === 'name' &&
    /^(require|import)$/.test(load.callee.name) &&
    load.args[0]?.value.kind !== 'string'
  );
}

/** What was put there before this; in the same call what stands further left. */
const before = (
  walk: Walk,
  { site, turn, router, things }: Registration,
  standing: readonly Put[],
  position: number,
): readonly Put[] =>
  standing.flatMap(each => {
    if (each.on !== router) return [each];
    if (each.site.call === site.call) return things.slice(0, position).includes(each.thing) ? [each] : [];
    const order = compareTurns(each.turn, turn, router && walk.homes.get(router));
    if (order === undefined) return [{ ...each, isBefore: 'unclear' as const }];
    return order < 0 ? [each] : [];
  });

function* handlerAt(
  walk: Walk,
  registration: Registration,
  { prefix, reached, outer }: Place,
  methods: readonly Method[],
): Generator<Handler> {
  const { view } = walk;
  const { site, things, router } = registration;
  const last = things.at(-1);
  if (!last) return;
  const answer = answerOf(view, last);
  const around = before(walk, registration, outer, 0).map((each): Layer => ({
    ...each.thing,
    level: each.level,
    function: answerOf(view, each.thing)?.function,
    covers: both(each.isBefore, coversPath(each.path, prefix, each.below), inProduction(view, each.site)),
    site: each.site,
    asking: undefined,
  }));
  const layerOf = (thing: Written, of: FunctionEntity | undefined): Layer => ({
    ...thing,
    level: 'route',
    function: of,
    covers: 'yes',
    site,
    asking: undefined,
  });
  const own = [
    ...things.slice(0, -1).map(thing => layerOf(thing, answerOf(view, thing)?.function)),
    // What a library answers by itself may also be what it does for others: `app.options("*", cors())`.
    ...(answer ? [] : [layerOf(last, undefined)]),
    ...(answer?.around ?? []).map(thing => layerOf(thing, wrapperOf(view, thing))),
  ];
  const definition = answer?.function.definition;
  yield {
    route: routeOf({
      at: view.at(site.scope, site.call),
      handlerAt: placeOfAnswer(view, answer, last),
      handler: definition?.name || wordOf(last.expression) || firstCalled(view, answer?.function),
      methods: stated(methods),
      path: pathValue(prefix),
      transport: 'http',
      reached,
    }),
    function: answer?.function,
    before: [...around.filter(({ covers }) => covers !== 'no'), ...own],
    registration: site,
    router,
  };
}

/** The own function that is called with a handler, to put something around it. */
function wrapperOf(view: CodeView, { expression, scope }: Written): FunctionEntity | undefined {
  const callee = expression.kind === 'call' ? view.resolve(expression.callee, scope) : undefined;
  return callee?.kind === 'function' ? callee : undefined;
}

/** A function without a name is called like the first one of the repository that it calls. */
function firstCalled(view: CodeView, of: FunctionEntity | undefined): string {
  for (const site of of ? view.code.search.callsInside(of.definition) : []) {
    const callee = view.resolve(site.call.callee, site.scope);
    if (callee?.kind === 'function' && callee.definition.name !== '') return callee.definition.name;
  }
  return '';
}

const wordOf = (expression: Expression): string =>
  lastNameOf(expression.kind === 'call' ? expression.callee : expression);
