import type { Term, Truth } from '../../model/index.ts';
import type { Call, Expression } from '../../read/syntax.ts';
import type { Scope } from './scopes.ts';
import type { CallSite } from './sites.ts';
import type { PythonView } from './view.ts';

/** How a framework makes routers and hangs one into another. */
export interface RouterDialect {
  /** Calls that make the app itself. */
  readonly apps: readonly string[];
  /** Calls that make a router, with the keyword of its own prefix. */
  readonly routers: Readonly<Record<string, string>>;
  /** Methods that mount a router: which argument it is, and the keyword of the prefix. */
  readonly mounts: Readonly<Record<string, { readonly router: string; readonly prefix: string }>>;
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

export function routersIn(python: PythonView, dialect: RouterDialect): Routers {
  const makers = new Map<Call, CallSite>();
  const apps = new Set<Call>();
  for (const site of madeOf(python, [...dialect.apps, ...Object.keys(dialect.routers)]))
    makers.set(site.call, site);
  for (const site of madeOf(python, dialect.apps)) apps.add(site.call);

  const routerOf = (expression: Expression, scope: Scope): Call | undefined => {
    const entity = python.resolve(expression, scope);
    if (entity?.kind === 'external') return entity.made?.call;
    return entity?.kind === 'object' ? entity.made?.call : undefined;
  };

  const edges = new Map<Call, Edge[]>();
  const blind: CallSite[] = [];
  for (const [method, { router, prefix }] of Object.entries(dialect.mounts))
    for (const site of python.callsEnding(method)) {
      const { callee } = site.call;
      if (callee.kind !== 'attribute') continue;
      const given =
        site.call.args.find(arg => arg.name === router) ?? site.call.args.find(arg => arg.name === '');
      if (!given) continue;
      const child = routerOf(given.value, site.scope);
      if (!child) {
        if (python.reached(site) !== 'no') blind.push(site);
        continue;
      }
      const args = python.args(site);
      const edge: Edge = {
        parent: routerOf(callee.object, site.scope),
        prefix: args.has(-1, prefix) ? plain(args.arg(-1, prefix)) : '',
        replaces: dialect.mountReplaces && args.has(-1, prefix),
        reached: isForDevelopment(python, site) ? 'no' : python.reached(site),
        site,
      };
      edges.set(child, [...(edges.get(child) ?? []), edge]);
    }

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
  const derived = python.classes().flatMap(({ definition, scope }) => {
    if (definition.bases.length === 0 || !python.isKindOf({ kind: 'class', definition, scope }, ...names))
      return [];
    return python.callsEnding(definition.name).filter(site => {
      const of = python.resolve(site.call.callee, site.scope);
      return of?.kind === 'class' && of.definition === definition;
    });
  });
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

/** The text of a prefix; `undefined` when it is put in at run time. */
export function plain(term: Term | undefined): string | undefined {
  if (!term) return '';
  if (term.kind === 'env') return plain(term.fallback);
  if (term.kind === 'literal') return term.value === null ? '' : String(term.value);
  // A helper that puts something in front under a condition: the last way is the plain one.
  if (term.kind === 'oneOf')
    return term.options.map(option => plain(option.term)).findLast(text => text !== undefined);
  if (term.kind === 'text') {
    const parts = term.parts.map(plain);
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  return undefined;
}
