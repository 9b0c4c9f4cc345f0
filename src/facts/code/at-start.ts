import type { Truth } from '../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../read/syntax.ts';
import type { ClassEntity, Entity } from './entities.ts';
import type { Module } from './modules.ts';
import type { Scope } from './scopes.ts';
import { lastNameOf, type CallSite } from './sites.ts';
import type { CodeView } from './view.ts';

/** What is called by these names is run when the process comes up, whoever calls it. */
const STARTS =
  /^((create|make|build|get|init)_(app|application|api|server|asgi|wsgi)(lication)?|lifespan|main|startup|on_startup|app_factory|init_app|ready|bootstrap|(create|make|build|init|start)(App|Server|Application)|onModuleInit|onApplicationBootstrap)$/;
const HOOKS =
  /^(on_event|before_first_request|before_serving|before_server_start|listener|post_fork|on_startup)$/;

/** Calls that run the function that they are given, at once or as soon as something is there. */
const RUNS_GIVEN =
  /^(then|finally|listen|register|after|forEach|map|all|allSettled|fp|once|useFactory|registerAs)$/;

interface Started {
  readonly functions: ReadonlySet<FunctionDefinition>;
  /** Last words of what is called there and cannot be followed: `config[name].validate()` says `validate`. */
  readonly words: ReadonlySet<string>;
}

const known = new WeakMap<CodeView, Started>();

/** The calls that stand in a function itself, not in functions inside of it. */
export const callsIn = (view: CodeView, definition: FunctionDefinition): readonly CallSite[] =>
  view.code.search.callsInside(definition).filter(site => functionAround(site.scope) === definition);

/** The innermost function that a scope belongs to; lambdas belong to the function around them. */
export function functionAround(scope: Scope): FunctionDefinition | undefined {
  for (let each: Scope | undefined = scope; each; each = each.parent)
    if (each.definition?.kind === 'function') return each.definition;
  return undefined;
}

/** The outermost function that a scope lies in. */
export function outermostFunction(scope: Scope): FunctionDefinition | undefined {
  let found: FunctionDefinition | undefined;
  for (let each: Scope | undefined = scope; each; each = each.parent)
    if (each.definition?.kind === 'function') found = each.definition;
  return found;
}

/** The function of the repository that a call runs: also the `__init__` of a class. */
export function calledBy(view: CodeView, { call, scope }: CallSite): readonly FunctionDefinition[] {
  return bodiesOf(view, view.resolve(call.callee, scope));
}

/** `connect().then(() => …)`, `app.register(plugin)`: only where functions are handed on like that. */
const givenTo = (view: CodeView, { call, scope }: CallSite): readonly FunctionDefinition[] =>
  scope.module.language === 'python' || !RUNS_GIVEN.test(lastNameOf(call.callee))
    ? []
    : call.args.flatMap(arg => bodiesOf(view, view.resolve(arg.value, scope)));

/** `for (const check of [checkSettings, checkDatabase]) await check()`: each of the list is called. */
function calledOfList(view: CodeView, { call, scope }: CallSite): readonly FunctionDefinition[] {
  const { callee } = call;
  const found =
    callee.kind === 'name' ? view.code.resolver.bindings(callee.name, scope, callee.start) : undefined;
  return (found?.bindings ?? []).flatMap(binding =>
    found && binding.kind === 'element' && binding.iterable.kind === 'collection'
      ? binding.iterable.items.flatMap(item => bodiesOf(view, view.resolve(item, found.scope)))
      : [],
  );
}

function bodiesOf(view: CodeView, entity: Entity | undefined): readonly FunctionDefinition[] {
  switch (entity?.kind) {
    case 'function':
      return [entity.definition];
    case 'class':
      return methodsOf(view, entity, '__init__', '__post_init__', '__new__', 'constructor');
    case 'object':
      return methodsOf(view, entity.of, '__call__');
    default:
      return [];
  }
}

const methodsOf = (
  view: CodeView,
  of: ClassEntity,
  ...names: readonly string[]
): readonly FunctionDefinition[] =>
  names.flatMap(name => {
    const member = view.code.resolver.member({ kind: 'object', of, made: undefined }, name);
    return member?.kind === 'function' ? [member.definition] : [];
  });

function startedIn(view: CodeView): Started {
  const before = known.get(view);
  if (before) return before;
  const functions = new Set<FunctionDefinition>();
  const words = new Set<string>();
  const queue: FunctionDefinition[] = [];
  const add = (definition: FunctionDefinition) => {
    if (functions.has(definition)) return;
    functions.add(definition);
    queue.push(definition);
  };
  const visit = (site: CallSite) => {
    const bodies = [...calledBy(view, site), ...calledOfList(view, site)];
    for (const body of [...bodies, ...givenTo(view, site)]) add(body);
    if (bodies.length === 0) words.add(lastNameOf(site.call.callee));
  };
  for (const module of view.modules()) {
    const isOutside = namesFromOutside(view, module);
    for (const site of view.code.search.outerOf(module).calls) {
      if (functionAround(site.scope) || view.reached(site) === 'no') continue;
      if (!isOutside(rootNameOf(site.call.callee))) visit(site);
      else {
        words.add(lastNameOf(site.call.callee));
        for (const body of givenTo(view, site)) add(body);
      }
    }
  }
  for (const { definition } of view.functions())
    if (view.reachesDefinition(definition) !== 'no' && isStartedByName(definition)) add(definition);
  for (let next = queue.pop(); next; next = queue.pop()) for (const site of callsIn(view, next)) visit(site);
  const started = { functions, words };
  known.set(view, started);
  return started;
}

/** Names that a module has from packages only: what is called by them is not of the repository. */
function namesFromOutside({ code }: CodeView, module: Module): (name: string) => boolean {
  const { imports, definitions } = module.tree.mentions;
  const outside = new Set<string>();
  const own = new Set(definitions.map(({ name }) => name));
  for (const { module: dotted, level, as } of imports)
    if (level === 0 && code.modules.resolve(module, dotted, 0).kind === 'external') outside.add(as);
    else own.add(as);
  // An import for its effect alone gives no name.
  return name => name !== '' && outside.has(name) && !own.has(name);
}

/** `requests` of `requests.Session().get`; empty where no name stands first. */
function rootNameOf(callee: Expression): string {
  let each = callee;
  while (each.kind === 'attribute' || each.kind === 'call' || each.kind === 'subscript')
    each = each.kind === 'call' ? each.callee : each.object;
  return each.kind === 'name' ? each.name : '';
}

const isStartedByName = ({ name, decorators }: FunctionDefinition): boolean =>
  STARTS.test(name) ||
  decorators.some(decorator => {
    const callee = decorator.kind === 'call' ? decorator.callee : decorator;
    return HOOKS.test(lastNameOf(callee));
  });

/** Whether code in this scope is run while production comes up, and not only when it is asked for something. */
export function runsAtStart(view: CodeView, site: Parameters<CodeView['reached']>[0]): Truth {
  const reached = view.reached(site);
  if (reached === 'no') return 'no';
  const definition = functionAround(site.scope);
  if (!definition) return reached;
  const started = isStarted(view, definition);
  return started === 'yes' ? reached : started;
}

/** Whether what runs while production comes up calls a function, whatever else leads there. */
export function isStarted(view: CodeView, definition: FunctionDefinition): Truth {
  const { functions, words } = startedIn(view);
  if (functions.has(definition)) return 'yes';
  // A factory whose name says nothing may be what the server calls.
  return words.has(definition.name) ? 'unclear' : 'no';
}
