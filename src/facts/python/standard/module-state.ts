import type { ModuleState, Truth } from '../../../model/index.ts';
import type {
  Attribute,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
} from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Module } from '../../code/modules.ts';
import type { Binding, Condition, Scope } from '../../code/scopes.ts';
import type { StatementSite } from '../../code/sites.ts';
import { servingFunctions } from '../serving.ts';
import type { PythonView } from '../view.ts';

const MUTATORS = new Set(
  'append appendleft add update pop popleft popitem clear remove discard extend insert setdefault'.split(' '),
);
const CONTAINERS =
  /^(builtins\.(dict|list|set)|collections\.(defaultdict|deque|Counter|OrderedDict)|weakref\.\w+)$/;

/** What may well live in one process: what can be made again, what protects, what is set up once. */
const NO_STATE =
  /cache|memo(iz|$)|(^|[_.])r?locks?($|_)|pool|client$|engine|conn$|connection$|instance|singleton|logg|registry|handlers?$|plugins?|loaded|initiali[sz]ed|tokenizer|pipeline|settings?|config|_app$|^app$|metric|stats|limiter|rate_?limit|bucket|executor|thread|loop$|scheduler|translation|blacklist|jobs?_?registry|warned|_seen$|_?db$|_?database$|_?repo(sitory)?$|_?service$|_?redis$|session_?(maker|factory|local)|breaker|listeners|routes|schema/i;
const PER_USER =
  /user|uid|session|sid\b|client|account|customer|token|\bip\b|addr|request|member|room|socket|websocket|conversation|chat|cart|player|visitor/i;

interface Change {
  readonly at: Expression | Statement;
  readonly scope: Scope;
  readonly target: Expression;
  /** What stands in brackets, for the question whose state it is. */
  readonly key: Expression | undefined;
  readonly how: 'entry' | 'member' | 'rebind';
  readonly value: Expression | undefined;
  readonly conditions: readonly Condition[];
}

interface State {
  readonly module: Module;
  readonly name: string;
  readonly binding: Binding;
  readonly scope: Scope;
}

/** `training_state["clients"][sid]` hangs on `training_state`. */
function rootOf(expression: Expression): Expression {
  return expression.kind === 'subscript' ? rootOf(expression.object) : expression;
}

const keyOf = (expression: Expression): Expression | undefined =>
  expression.kind === 'subscript' ? expression.index : undefined;

/** Names that a function declares as `global`. */
const globalsIn = (python: PythonView, scope: Scope, body: readonly Statement[]): ReadonlySet<string> =>
  new Set(
    [...statementsIn(body)].flatMap(statement => {
      if (statement.kind !== 'simple' || statement.word !== 'scope') return [];
      const text = python.textOf(scope, statement);
      return text.startsWith('global')
        ? text
            .slice('global'.length)
            .split(',')
            .map(name => name.trim())
        : [];
    }),
  );

/** Assignments to entries, members and global names. */
function* assignedIn(
  { statement, scope, conditions }: StatementSite,
  globals: ReadonlySet<string>,
): Generator<Change> {
  const shared = { at: statement, scope, conditions };
  if (statement.kind === 'delete') {
    for (const target of statement.targets)
      if (target.kind === 'subscript')
        yield { ...shared, target: rootOf(target), key: keyOf(target), how: 'entry', value: undefined };
    return;
  }
  if (statement.kind !== 'assign' && statement.kind !== 'augment') return;
  const targets = statement.kind === 'assign' ? statement.targets : [statement.target];
  for (const target of targets) {
    const isGlobal = target.kind === 'name' && globals.has(target.name);
    if (target.kind === 'subscript')
      yield { ...shared, target: rootOf(target), key: keyOf(target), how: 'entry', value: statement.value };
    else if (isGlobal || (target.kind === 'attribute' && statement.kind === 'augment'))
      yield { ...shared, target, key: undefined, how: 'rebind', value: statement.value };
  }
}

function* changesIn(python: PythonView, scope: Scope, definition: FunctionDefinition): Generator<Change> {
  const globals = globalsIn(python, scope, definition.body);
  const { search } = python.code;
  for (const site of search.statementsInside(definition))
    if (site.scope === scope) yield* assignedIn(site, globals);
  for (const site of search.callsInside(definition)) {
    const { callee, args } = site.call;
    if (site.scope !== scope || callee.kind !== 'attribute' || !MUTATORS.has(callee.name)) continue;
    yield {
      at: site.call,
      scope,
      target: rootOf(callee.object),
      key: keyOf(callee.object) ?? args[0]?.value,
      how: 'member',
      value: undefined,
      conditions: site.conditions,
    };
  }
}

/** The value at the top of a module, or in a class, that an expression stands for. */
function stateOf(python: PythonView, expression: Expression, scope: Scope): State | undefined {
  if (expression.kind === 'name') return namedState(python, expression.name, scope);
  return expression.kind === 'attribute' ? memberState(python, expression, scope) : undefined;
}

function namedState(python: PythonView, name: string, scope: Scope): State | undefined {
  const { resolver } = python.code;
  const found = resolver.bindings(name, scope, Number.MAX_SAFE_INTEGER);
  const isGlobal = found?.scope.kind === 'function' && isDeclared(python, name, scope);
  const holder = isGlobal ? resolver.scopeOf(scope.module) : found?.scope;
  return holder?.kind === 'module' ? inModule(python, holder.module, name, 0) : undefined;
}

function memberState(python: PythonView, expression: Attribute, scope: Scope): State | undefined {
  const { resolver } = python.code;
  const object = resolver.resolve(expression.object, scope);
  if (object?.kind === 'module') return inModule(python, object.module, expression.name, 0);
  const of = object?.kind === 'class' ? object : object?.kind === 'object' ? object.of : undefined;
  if (!of) return undefined;
  const [own] = resolver.memberBindings(of, expression.name);
  if (own?.binding.kind !== 'value') return undefined;
  // In the body of a class it belongs to all objects; in `__init__` to one, which may be the only one.
  if (own.scope.kind !== 'class' && !isMadeOnce(python, of.definition)) return undefined;
  const { binding } = own;
  return {
    module: own.scope.module,
    name: `${of.definition.name}.${expression.name}`,
    binding,
    scope: own.scope,
  };
}

const isDeclared = (python: PythonView, name: string, scope: Scope): boolean =>
  scope.definition?.kind === 'function' && globalsIn(python, scope, scope.definition.body).has(name);

function inModule(python: PythonView, module: Module, name: string, depth: number): State | undefined {
  const { resolver, modules } = python.code;
  const scope = resolver.scopeOf(module);
  const binding = scope.bindings().get(name)?.at(0);
  if (binding?.kind === 'value') return { module, name, binding, scope };
  if (binding?.kind !== 'import-from' || depth > 3) return undefined;
  const origin = modules.resolve(module, binding.module, binding.level);
  return origin.kind === 'module' ? inModule(python, origin.module, binding.name, depth + 1) : undefined;
}

/** Every object of the class is made at the top of a module: there is one in each process. */
function isMadeOnce(python: PythonView, definition: ClassDefinition): boolean {
  const makers = python.callsEnding(definition.name).filter(({ call, scope }) => {
    const entity = python.resolve(call.callee, scope);
    return entity?.kind === 'class' && entity.definition === definition;
  });
  return makers.length > 0 && makers.every(({ scope }) => scope.kind === 'module');
}

/** Whether a value is one that holds what is put into it, and not a client or another object. */
function isHolder(python: PythonView, { binding, scope }: State, changes: readonly Change[]): boolean {
  if (binding.kind !== 'value') return false;
  const { value } = binding;
  if (value.kind === 'dictionary' || value.kind === 'collection' || value.kind === 'comprehension')
    return true;
  if (value.kind === 'call') return CONTAINERS.test(python.nameOf(value.callee, scope));
  // A number, text or nothing that is bound anew: state, unless it is made once and kept.
  const isPlain = value.kind === 'constant' || value.kind === 'string';
  return isPlain && changes.some(change => change.how === 'rebind' && !isFirstUse(python, change));
}

/** `if _database is None: _database = Database()` */
const isFirstUse = (python: PythonView, { value, conditions, scope, target }: Change): boolean =>
  (value?.kind === 'call' || value?.kind === 'await' || value?.kind === 'name') &&
  (value.kind !== 'name' || conditions.length > 0) &&
  conditions.some(condition => condition.kind === 'if' && speaksOf(python, condition.test, scope, target));

const speaksOf = (python: PythonView, test: Expression, scope: Scope, target: Expression): boolean => {
  const text = python.textOf(scope, target);
  return [...expressionsIn(test)].some(each => python.textOf(scope, each) === text);
};

/** `if key not in known: known[key] = …` fills what can be made again. */
const isFill = (python: PythonView, change: Change): boolean =>
  change.how === 'entry' &&
  change.conditions.some(
    condition => condition.kind === 'if' && speaksOf(python, condition.test, change.scope, change.target),
  );

function perUserOf(python: PythonView, name: string, changes: readonly Change[]): Truth {
  const isOfUser = (change: Change) =>
    change.key !== undefined &&
    change.key.kind !== 'string' &&
    PER_USER.test(python.textOf(change.scope, change.key));
  return PER_USER.test(name) || changes.some(isOfUser) ? 'yes' : 'unclear';
}

function* statesIn(python: PythonView): Generator<ModuleState> {
  const found = new Map<
    string,
    { readonly state: State; readonly changes: Change[]; readonly names: Map<Change, string> }
  >();
  for (const { definition, scope } of servingFunctions(python).values())
    for (const change of changesIn(python, scope, definition)) {
      const state = stateOf(python, change.target, scope);
      if (!state || NO_STATE.test(state.name)) continue;
      const key = `${state.module.path}:${state.name}`;
      const entry = found.get(key) ?? { state, changes: [], names: new Map<Change, string>() };
      if (!found.has(key)) found.set(key, entry);
      entry.changes.push(change);
      entry.names.set(change, definition.name);
    }
  for (const { state, changes, names } of found.values()) {
    if (
      !isHolder(python, state, changes) ||
      changes.every(change => isFill(python, change) || isFirstUse(python, change))
    )
      continue;
    const { binding, scope } = state;
    yield {
      kind: 'moduleState',
      at: scope.module.tree.locate({ start: binding.start, end: binding.start + 1 }),
      name: state.name,
      changes: changes.map(change => ({
        at: python.at(change.scope, change.at),
        in: names.get(change) ?? '',
      })),
      perUser: perUserOf(python, state.name, changes),
      reached: python.reached({ scope, conditions: binding.conditions }),
    };
  }
}

/** Values in the memory of one process that requests change. */
export default defineExtractor({
  id: 'python/standard/module-state',
  reads: [],
  produces: ['moduleState'],
  understands: hasPython,
  *extract({ python }) {
    yield* statesIn(python);
  },
});
