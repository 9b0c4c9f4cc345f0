import type { Truth } from '../../model/index.ts';
import type { Call, Expression } from '../../read/syntax.ts';
import type { Entity } from '../code/entities.ts';
import { plain } from '../code/route-parts.ts';
import { LOADERS, loadedBy } from './loaded.ts';
import type { Scope } from '../code/scopes.ts';
import type { CallSite } from '../code/sites.ts';
import type { PythonView } from './view.ts';

/** Where an argument stands; the position is -1 where it must be named. */
interface Slot {
  readonly name: string;
  readonly position: number;
}

/** How a framework makes routers and hangs one into another. */
export interface RouterDialect {
  /** Calls that make the app itself. */
  readonly apps: readonly string[];
  /** Calls that make a router, with the keyword of its own prefix. */
  readonly routers: Readonly<Record<string, string>>;
  /** Routers that hang on the app or router that they are made with: `Api(blueprint)`. */
  readonly hung: readonly string[];
  /** Methods that mount a router. */
  readonly mounts: Readonly<Record<string, { readonly router: Slot; readonly prefix: Slot }>>;
  /** The prefix of the mount takes the place of the router's own. */
  readonly mountReplaces: boolean;
}

/** A prefix under which a router is served, and whether production serves it there. */
export interface Mounted {
  readonly prefix: string | undefined;
  readonly reached: Truth;
  /** Calls that mount it, from the app inwards. */
  readonly by: readonly CallSite[];
}

export interface Routers {
  /** The router or app on which an expression like `bp` in `@bp.route` ends. */
  routerOf(expression: Expression, scope: Scope): Call | undefined;
  isApp(router: Call): boolean;
  /** Where it is served; empty when nothing mounts it. */
  mountsOf(router: Call): readonly Mounted[];
  siteOf(router: Call): CallSite | undefined;
}

interface Edge {
  readonly parent: Call | undefined;
  readonly prefix: string | undefined;
  readonly replaces: boolean;
  readonly reached: Truth;
  readonly site: CallSite;
}

const DEEPEST = 6;

const routerIn =
  (python: PythonView) =>
  (expression: Expression, scope: Scope): Call | undefined => {
    const entity = python.resolve(expression, scope);
    return entity?.kind === 'external' || entity?.kind === 'object' ? entity.made?.call : undefined;
  };

/**
 * `module.bp` or `getattr(module, "bp")` of a module that is loaded by its name: one router of each module that it
 * may be. `[undefined]` when that cannot be told, `undefined` when the expression is something else.
 */
function loadedRouters(
  python: PythonView,
  expression: Expression,
  scope: Scope,
): readonly (Call | undefined)[] | undefined {
  const entity = python.resolve(expression, scope);
  if (entity?.kind !== 'external' || !entity.made) return undefined;
  if (entity.name === 'builtins.getattr()') {
    const [object, name] = entity.made.call.args;
    const loaded = object && python.resolve(object.value, entity.made.scope);
    return name?.value.kind === 'string' ? membersOf(python, loaded, '', name.value.value) : [undefined];
  }
  const dot = entity.name.lastIndexOf('.');
  return membersOf(python, entity, entity.name.slice(dot), entity.name.slice(dot + 1));
}

/** The objects by this name in the modules that a call may have loaded. */
function membersOf(
  python: PythonView,
  loaded: Entity | undefined,
  after: string,
  name: string,
): readonly (Call | undefined)[] | undefined {
  const { resolver } = python.code;
  if (loaded?.kind !== 'external' || !loaded.made) return undefined;
  const loader = loaded.name.slice(0, loaded.name.length - after.length).replace(/\(\)$/, '');
  if (!LOADERS.has(loader)) return undefined;
  const modules = loadedBy(python.code, loaded.made.call, loaded.made.scope);
  return (
    modules?.flatMap(module => {
      const member = resolver.member({ kind: 'module', module }, name);
      return (member?.kind === 'external' || member?.kind === 'object') && member.made
        ? [member.made.call]
        : [];
    }) ?? [undefined]
  );
}

/** What hangs where, and the calls that mount something that cannot be told. */
function edgesIn(
  python: PythonView,
  dialect: RouterDialect,
): { readonly edges: ReadonlyMap<Call, readonly Edge[]>; readonly blind: readonly CallSite[] } {
  const routerOf = routerIn(python);
  const edges = new Map<Call, Edge[]>();
  const blind: CallSite[] = [];
  const add = (child: Call, edge: Edge) => edges.set(child, [...(edges.get(child) ?? []), edge]);
  for (const [method, { router, prefix }] of Object.entries(dialect.mounts))
    for (const site of python.callsEnding(method)) {
      const { callee } = site.call;
      if (callee.kind !== 'attribute') continue;
      const given =
        site.call.args.find(arg => arg.name === router.name) ??
        site.call.args.filter(arg => arg.name === '')[router.position];
      if (!given) continue;
      const children = loadedRouters(python, given.value, site.scope) ?? [routerOf(given.value, site.scope)];
      if (children.includes(undefined) && python.reached(site) !== 'no') blind.push(site);
      const args = python.args(site);
      const isPrefixed = args.has(prefix.position, prefix.name);
      const edge: Edge = {
        parent: routerOf(callee.object, site.scope),
        prefix: isPrefixed ? plain(args.arg(prefix.position, prefix.name)) : '',
        replaces: dialect.mountReplaces && isPrefixed,
        reached: isForDevelopment(python, site) ? 'no' : python.reached(site),
        site,
      };
      for (const child of children) if (child) add(child, edge);
    }
  for (const site of madeOf(python, dialect.hung)) {
    const [first] = site.call.args;
    const parent = first && first.name === '' ? routerOf(first.value, site.scope) : undefined;
    add(site.call, { parent, prefix: '', replaces: false, reached: python.reached(site), site });
  }
  return { edges, blind };
}

export function routersIn(python: PythonView, dialect: RouterDialect): Routers {
  const makers = new Map<Call, CallSite>();
  const apps = new Set<Call>();
  for (const site of madeOf(python, [...dialect.apps, ...Object.keys(dialect.routers)]))
    makers.set(site.call, site);
  for (const site of madeOf(python, dialect.apps)) apps.add(site.call);

  const routerOf = routerIn(python);
  const { edges, blind } = edgesIn(python, dialect);

  const ownPrefix = (router: Call): string | undefined => {
    const site = makers.get(router);
    const name = site ? python.nameOf(site.call.callee, site.scope) : '';
    const keyword = dialect.routers[name];
    if (!site || keyword === undefined) return '';
    const args = python.args(site);
    return args.has(-1, keyword) ? plain(args.arg(-1, keyword)) : '';
  };

  const mountsOf = (router: Call, depth = 0): readonly Mounted[] => {
    const site = makers.get(router);
    if (apps.has(router)) return [{ prefix: '', reached: site ? python.reached(site) : 'unclear', by: [] }];
    if (depth > DEEPEST) return [];
    const own = ownPrefix(router);
    const found = (edges.get(router) ?? []).flatMap(edge => {
      // The app is a parameter, of a class of the repository, or made in a way that cannot be followed.
      const parents: readonly Mounted[] =
        edge.parent && makers.has(edge.parent)
          ? mountsOf(edge.parent, depth + 1)
          : [{ prefix: '', reached: 'yes', by: [] }];
      return parents.map((parent): Mounted => ({
        prefix: joined(parent.prefix, edge.prefix, edge.replaces ? '' : own),
        reached: worst(parent.reached, edge.reached),
        by: [...parent.by, edge.site],
      }));
    });
    // Routers that a loop registers: which ones cannot be seen, so each may be one.
    if (found.length === 0 && blind.length > 0)
      return [{ prefix: own, reached: 'unclear', by: blind.slice(0, 1) }];
    return found;
  };

  return {
    routerOf,
    isApp: router => apps.has(router),
    mountsOf: router => mountsOf(router),
    siteOf: router => makers.get(router),
  };
}

/** Calls that make an object of one of these classes, or of an own one that is derived from it. */
function madeOf(python: PythonView, names: readonly string[]): readonly CallSite[] {
  const derived = python.derivedFrom(...names).flatMap(({ definition }) =>
    python.callsEnding(definition.name).filter(site => {
      const of = python.resolve(site.call.callee, site.scope);
      return of?.kind === 'class' && of.definition === definition;
    }),
  );
  return [...python.calls(...names), ...derived];
}

/** `if settings.ENVIRONMENT == "local": app.include_router(…)` is not served in production. */
const isForDevelopment = (python: PythonView, site: CallSite): boolean =>
  site.conditions.some(
    condition =>
      condition.kind === 'if' &&
      condition.holds &&
      /(==|\bin\b)[^)]*["'](local|dev|development|debug|test)["']|\b(DEBUG|debug|is_dev\w*|TESTING)\b/.test(
        python.textOf(site.scope, condition.test),
      ),
  );

const worst = (...truths: readonly Truth[]): Truth =>
  truths.includes('no') ? 'no' : truths.includes('unclear') ? 'unclear' : 'yes';

const joined = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join('');
