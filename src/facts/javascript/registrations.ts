import type { Method } from '../../model/index.ts';
import type { Call, Expression } from '../../read/syntax.ts';
import type { Entity } from '../code/entities.ts';
import { plain } from '../code/route-parts.ts';
import type { Scope } from '../code/scopes.ts';
import type { CallSite } from '../code/sites.ts';
import type { CodeView } from '../code/view.ts';
import { writtenAs, type Written } from '../code/written.ts';
import { givenTo } from './given-to.ts';
import { turnOf, type Turn } from './order.ts';

/** What a method of an app or router does with what it is given. */
export type Verb = { readonly methods: readonly Method[] } | 'all' | 'use' | 'mount';

/** Methods of apps and routers that mean the same in every such framework. */
export const USUAL_VERBS: Readonly<Record<string, Verb>> = {
  use: 'use',
  all: 'all',
  get: { methods: ['GET'] },
  post: { methods: ['POST'] },
  put: { methods: ['PUT'] },
  patch: { methods: ['PATCH'] },
  delete: { methods: ['DELETE'] },
  head: { methods: ['HEAD'] },
  options: { methods: ['OPTIONS'] },
};

/** How a framework in which apps and routers are called with paths and functions is written. */
export interface RouterDialect {
  /** Canonical names of the calls that make an app, and of those that make a router. */
  readonly apps: readonly string[];
  readonly routers: readonly string[];
  readonly verbs: Readonly<Record<string, Verb>>;
  /** The method that gives an object for one path: `router.route("/x").get(list)`; empty for none. */
  readonly forPath: string;
  /** Whether `use("/x", …)` is asked for everything below. */
  readonly isPrefix: boolean;
  /** The path of what is used without one. */
  readonly everywhere: string;
  /** Whether a route may have a name before its path: `get("list", "/x", list)`. */
  readonly hasNames: boolean;
  /** Whether what a router uses is used on the one that mounts it too, for what comes after. */
  readonly isMerged: boolean;
  /** At which position a function gets what it calls to go on. */
  readonly nextAt: number;
  /** A call that names method and path in its own way; `undefined` for one that is written like all others. */
  readonly special: (view: CodeView, site: CallSite) => Special | undefined;
  /** The router that something mounts, with a prefix that it brings itself. */
  readonly mounted: (
    view: CodeView,
    what: Written,
  ) => { router: Call; prefix: string | undefined } | undefined;
  /** The prefix that a router is made with. */
  readonly ownPrefix: (view: CodeView, router: Call) => string | undefined;
}

/** What a call of its own form puts on a router. */
export type Special = Pick<Registration, 'verb' | 'things'> & {
  readonly paths: readonly (string | undefined)[];
};

/** One call that puts something on an app or router. */
export interface Registration {
  readonly site: CallSite;
  /** The call that made the app or router; `undefined` when it comes from where nobody can follow. */
  readonly router: Call | undefined;
  readonly verb: Verb;
  /** `undefined` for a path that is put together at run time. */
  readonly path: string | undefined;
  readonly things: readonly Written[];
  readonly turn: Turn;
}

export interface Registrations {
  readonly all: readonly Registration[];
  readonly inLoops: readonly CallSite[];
}

const known = new WeakMap<CodeView, Map<RouterDialect, Registrations>>();

export function registrationsIn(view: CodeView, dialect: RouterDialect): Registrations {
  const ofView = known.get(view) ?? new Map<RouterDialect, Registrations>();
  known.set(view, ofView);
  const found = ofView.get(dialect) ?? readRegistrations(view, dialect);
  ofView.set(dialect, found);
  return found;
}

function readRegistrations(view: CodeView, dialect: RouterDialect): Registrations {
  const all: Registration[] = [];
  const inLoops: CallSite[] = [];
  for (const site of sitesOf(view, dialect)) {
    const { callee } = site.call;
    if (callee.kind !== 'attribute') continue;
    const verb = dialect.verbs[callee.name];
    const place = placeOf(view, dialect, callee.object, site.scope);
    if (!verb || !place) continue;
    const turn = turnOf(view, site.scope, site.call.callee.end);
    const special = dialect.special(view, site);
    if (special) {
      for (const path of special.paths) all.push({ site, router: place.router, ...special, path, turn });
      continue;
    }
    const args = site.call.args.map(({ value, spread }): Written & { readonly isSpread: boolean } => ({
      expression: value,
      scope: site.scope,
      isSpread: spread !== '',
    }));
    // `app.get("port")` reads a setting.
    if (verb !== 'use' && args.length + (place.path === undefined ? 0 : 1) < 2) continue;
    const rounds = roundsOf(view, args);
    if (rounds === 'unclear') inLoops.push(site);
    for (const given of rounds === 'unclear' ? [args] : rounds) {
      const rest = dialect.hasNames && isNamed(view, given) ? given.slice(1) : given;
      const written = place.path === undefined ? pathsOf(view, rest) : [place.path];
      const paths = written === NO_PATH && verb === 'use' ? [dialect.everywhere] : written;
      const isFirstPath = place.path === undefined && written !== NO_PATH;
      const things = rest.slice(isFirstPath ? 1 : 0).flatMap(each => flattened(view, each));
      for (const path of paths) all.push({ site, router: place.router, verb, path, things, turn });
    }
  }
  return { all, inLoops };
}

function sitesOf(view: CodeView, { apps, routers, verbs, forPath }: RouterDialect): readonly CallSite[] {
  const objects = [...apps, ...routers].flatMap(name => [
    `${name}()`,
    ...(forPath === '' ? [] : [`${name}().${forPath}()`]),
  ]);
  return view.calls(...objects.flatMap(object => Object.keys(verbs).map(verb => `${object}.${verb}`)));
}

/** The app or router behind an object, and the path that `route("/x")` gave it. */
function placeOf(
  view: CodeView,
  { forPath }: RouterDialect,
  object: Expression,
  scope: Scope,
): { readonly router: Call | undefined; readonly path: string | undefined } | undefined {
  const entity = madeElsewhere(view, object, scope) ?? view.resolve(object, scope);
  if (entity?.kind !== 'external') return undefined;
  if (forPath === '' || !entity.name.endsWith(`.${forPath}()`))
    return { router: entity.made?.call, path: undefined };
  if (entity.made?.call.callee.kind !== 'attribute') return { router: undefined, path: '*' };
  const { call, scope: inside } = entity.made;
  const of = call.callee.kind === 'attribute' ? view.resolve(call.callee.object, inside) : undefined;
  const path = plain(view.code.evaluator.argumentsOf(call, inside).arg(0, ''));
  return { router: of?.kind === 'external' ? of.made?.call : undefined, path: path ?? '*' };
}

/** The app that callers give: of `(app: Express) => …` the type alone does not tell which one it is. */
function madeElsewhere(view: CodeView, object: Expression, scope: Scope): Entity | undefined {
  const given = object.kind === 'name' ? givenTo(view, object, scope) : undefined;
  const entity = given?.value && view.resolve(given.value.expression, given.value.scope);
  return entity?.kind === 'external' && entity.made ? entity : undefined;
}

/** `router.get("user", "/users/:id", show)` */
function isNamed(view: CodeView, [first, second, ...rest]: readonly Written[]): boolean {
  if (!first || !second || rest.length === 0 || first.expression.kind !== 'string') return false;
  const term = view.evaluate(second.expression, second.scope);
  return term.kind === 'literal' && typeof term.value === 'string' && term.value.startsWith('/');
}

const NO_PATH: readonly (string | undefined)[] = [''];

/** The paths in front of the functions: a text, or several in a list. */
function pathsOf(view: CodeView, [first, ...rest]: readonly Written[]): readonly (string | undefined)[] {
  if (!first) return NO_PATH;
  const term = view.evaluate(first.expression, first.scope);
  if (term.kind === 'list') {
    const texts = term.items.map(plain);
    return texts.length > 0 && texts.every(text => text !== undefined) ? texts : NO_PATH;
  }
  if (term.kind === 'literal' || term.kind === 'text' || term.kind === 'env') return [plain(term)];
  const text = term.kind === 'oneOf' ? plain(term) : undefined;
  if (text !== undefined) return [text];
  const isThing = rest.length === 0 || term.kind === 'reference' || isFunction(view, first);
  return isThing || term.kind === 'call' ? NO_PATH : [undefined];
}

const isFunction = (view: CodeView, { expression, scope }: Written): boolean =>
  view.resolve(expression, scope) !== undefined;

/** Lists of functions count as their items, wherever they are written. */
function flattened(view: CodeView, { expression, scope }: Written, depth = 0): readonly Written[] {
  if (depth > 4) return [];
  if (expression.kind === 'spread')
    return flattened(view, { expression: expression.value, scope }, depth + 1);
  const behind =
    expression.kind === 'name' || expression.kind === 'attribute'
      ? writtenAs(view, expression, scope)
      : { expression, scope };
  // `compose([a, b])` of Koa runs one after the other.
  const [list] = behind.expression.kind === 'call' ? behind.expression.args : [];
  if (
    list &&
    behind.expression.kind === 'call' &&
    view.nameOf(behind.expression.callee, behind.scope) === 'koa-compose'
  )
    return flattened(view, { expression: list.value, scope: behind.scope }, depth + 1);
  if (behind.expression.kind !== 'collection') return [{ expression, scope }];
  const { items } = behind.expression;
  return items.flatMap(item => flattened(view, { expression: item, scope: behind.scope }, depth + 1));
}

/** What a call is given in each turn of the loop that it stands in: once, where it stands in none. */
function roundsOf(view: CodeView, args: readonly Written[]): readonly (readonly Written[])[] | 'unclear' {
  const variable = args.map(each => loopVariable(view, each)).find(each => each !== undefined);
  if (!variable) return [args];
  const list = writtenAs(view, variable.list, variable.scope);
  if (list.expression.kind !== 'collection') return 'unclear';
  return list.expression.items.map(item =>
    args.map(each => filledIn(view, each, variable.name, { expression: item, scope: list.scope })),
  );
}

const rootOf = (expression: Expression): Expression =>
  expression.kind === 'attribute' || expression.kind === 'subscript' ? rootOf(expression.object) : expression;

/** `routes.forEach(route => …)` and `for (const route of routes)`: the list, and the name of its element. */
function loopVariable(
  view: CodeView,
  { expression, scope }: Written,
): { readonly name: string; readonly list: Expression; readonly scope: Scope } | undefined {
  const root = rootOf(expression);
  if (root.kind !== 'name') return undefined;
  const found = view.code.resolver.bindings(root.name, scope, root.start);
  const [binding] = found?.bindings ?? [];
  if (!found || !binding) return undefined;
  if (binding.kind === 'element') return { name: root.name, list: binding.iterable, scope: found.scope };
  const { definition, parent } = found.scope;
  if (binding.kind !== 'parameter' || definition?.kind !== 'function' || !parent) return undefined;
  const [handed] = definition.handedTo;
  const callee = handed?.call.callee;
  return binding.position === 0 && callee?.kind === 'attribute' && /^(forEach|map)$/.test(callee.name)
    ? { name: root.name, list: callee.object, scope: parent }
    : undefined;
}

/** `route.path` with `{ path: "/x", … }` for `route`. */
function filledIn(view: CodeView, { expression, scope }: Written, name: string, item: Written): Written {
  if (expression.kind === 'name' && expression.name === name) return item;
  if (expression.kind !== 'attribute' || expression.object.kind !== 'name' || expression.object.name !== name)
    return { expression, scope };
  const record = writtenAs(view, item.expression, item.scope);
  const entries = record.expression.kind === 'dictionary' ? record.expression.entries : [];
  const entry = entries.find(({ key }) => key?.kind === 'string' && key.value === expression.name);
  return entry ? { expression: entry.value, scope: record.scope } : { expression, scope };
}
