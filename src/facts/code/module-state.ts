import type { ModuleState, Truth } from '../../model/index.ts';
import type { ClassDefinition, Expression, FunctionDefinition, Statement } from '../../read/syntax.ts';
import { expressionsIn } from '../../read/walk.ts';
import type { Module } from './modules.ts';
import type { Binding, Condition, Scope } from './scopes.ts';
import type { StatementSite } from './sites.ts';
import type { CodeView } from './view.ts';

/** What differs by language in the question what requests change in the memory of a process. */
export interface StateDialect {
  /** Methods that change what they are called on. */
  readonly mutators: ReadonlySet<string>;
  /** Canonical names of what makes something that holds values. */
  readonly containers: RegExp;
  /** Names of its module that a function binds anew. */
  globals(view: CodeView, scope: Scope, definition: FunctionDefinition): ReadonlySet<string>;
  /** The value at the top of a module, or in a class, that an expression stands for. */
  stateOf(view: CodeView, expression: Expression, scope: Scope): State | undefined;
  /** What a statement counts up or down: `visits++`. */
  counted(view: CodeView, site: StatementSite): Expression | undefined;
  /** Whether setting a member of an object changes what the object holds, as in `sessions.last = …`. */
  readonly hasOpenObjects: boolean;
}

/** A function that runs while a request is served. */
interface Serving {
  readonly definition: FunctionDefinition;
  readonly scope: Scope;
}

/** What may well live in one process: what can be made again, what protects, what is set up once. */
const NO_STATE =
  /cache|memo(iz|$)|(^|[_.])r?locks?($|_)|pool|client$|engine|conn$|connection$|instance|singleton|logg|registry|handlers?$|plugins?|loaded|initiali[sz]ed|tokenizer|pipeline|settings?|config|_app$|^app$|metric|stats|limiter|rate_?limit|bucket|executor|thread|loop$|scheduler|translation|blacklist|jobs?_?registry|warned|_seen$|_?db$|_?database$|_?repo(sitory)?$|_?service$|_?redis$|session_?(maker|factory|local)|breaker|listeners|routes|schema|promise$|in_?flight|warning|verified$/i;
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

export interface State {
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

/** Assignments to entries, members and global names. */
function* assignedIn(
  view: CodeView,
  site: StatementSite,
  globals: ReadonlySet<string>,
  dialect: StateDialect,
): Generator<Change> {
  const { statement, scope, conditions } = site;
  const shared = { at: statement, scope, conditions };
  const counter = dialect.counted(view, site);
  if (counter)
    yield {
      ...shared,
      target: rootOf(counter),
      key: keyOf(counter),
      how: counter.kind === 'subscript' ? 'entry' : 'rebind',
      value: undefined,
    };
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
    else if (dialect.hasOpenObjects && target.kind === 'attribute' && target.object.kind === 'name')
      yield { ...shared, target: target.object, key: undefined, how: 'entry', value: statement.value };
  }
}

function* changesIn(
  view: CodeView,
  { scope, definition }: Serving,
  dialect: StateDialect,
): Generator<Change> {
  const globals = dialect.globals(view, scope, definition);
  const { search } = view.code;
  const belongs = (inside: Scope): boolean => inside === scope || dialect.hasOpenObjects;
  for (const site of search.statementsInside(definition))
    if (belongs(site.scope)) yield* assignedIn(view, site, globals, dialect);
  for (const site of search.callsInside(definition)) {
    const { callee, args } = site.call;
    if (!belongs(site.scope) || callee.kind !== 'attribute' || !dialect.mutators.has(callee.name)) continue;
    yield {
      at: site.call,
      scope: site.scope,
      target: rootOf(callee.object),
      key: keyOf(callee.object) ?? args[0]?.value,
      how: 'member',
      value: undefined,
      conditions: site.conditions,
    };
  }
}

/** Every object of the class is made at the top of a module: there is one in each process. */
export function isMadeOnce(view: CodeView, definition: ClassDefinition): boolean {
  const makers = view.callsEnding(definition.name).filter(({ call, scope }) => {
    const entity = view.resolve(call.callee, scope);
    return entity?.kind === 'class' && entity.definition === definition;
  });
  return makers.length > 0 && makers.every(({ scope }) => scope.kind === 'module');
}

/** Whether a value is one that holds what is put into it, and not a client or another object. */
function isHolder(
  view: CodeView,
  { binding, scope }: State,
  changes: readonly Change[],
  containers: RegExp,
): boolean {
  if (binding.kind !== 'value') return false;
  const { value } = binding;
  if (value.kind === 'dictionary' || value.kind === 'collection' || value.kind === 'comprehension')
    return true;
  if (value.kind === 'call') return containers.test(view.nameOf(value.callee, scope));
  // A number, text or nothing that is bound anew: state, unless it is made once and kept.
  const isPlain = value.kind === 'constant' || value.kind === 'string';
  return isPlain && changes.some(change => change.how === 'rebind' && !isFirstUse(view, change));
}

/** `if _database is None: _database = Database()` */
const isFirstUse = (view: CodeView, { value, conditions, scope, target }: Change): boolean =>
  (value?.kind === 'call' || value?.kind === 'await' || value?.kind === 'name') &&
  (value.kind !== 'name' || conditions.length > 0) &&
  conditions.some(condition => condition.kind === 'if' && speaksOf(view, condition.test, scope, target));

const speaksOf = (view: CodeView, test: Expression, scope: Scope, target: Expression): boolean => {
  const text = view.textOf(scope, target);
  return [...expressionsIn(test)].some(each => view.textOf(scope, each) === text);
};

/** `if key not in known: known[key] = …` fills what can be made again. */
const isFill = (view: CodeView, change: Change): boolean =>
  change.how === 'entry' &&
  change.conditions.some(
    condition => condition.kind === 'if' && speaksOf(view, condition.test, change.scope, change.target),
  );

function perUserOf(view: CodeView, name: string, changes: readonly Change[]): Truth {
  const isOfUser = (change: Change) =>
    change.key !== undefined &&
    change.key.kind !== 'string' &&
    PER_USER.test(view.textOf(change.scope, change.key));
  return PER_USER.test(name) || changes.some(isOfUser) ? 'yes' : 'unclear';
}

/** Values in the memory of one process that requests change. */
export function* statesIn(
  view: CodeView,
  serving: Iterable<Serving>,
  dialect: StateDialect,
): Generator<ModuleState> {
  const found = new Map<
    string,
    { readonly state: State; readonly changes: Change[]; readonly names: Map<Change, string> }
  >();
  for (const each of serving)
    for (const change of changesIn(view, each, dialect)) {
      const state = dialect.stateOf(view, change.target, change.scope);
      if (!state || NO_STATE.test(state.name)) continue;
      const key = `${state.module.path}:${state.name}`;
      const entry = found.get(key) ?? { state, changes: [], names: new Map<Change, string>() };
      if (!found.has(key)) found.set(key, entry);
      entry.changes.push(change);
      entry.names.set(change, each.definition.name);
    }
  for (const { state, changes, names } of found.values()) {
    if (
      !isHolder(view, state, changes, dialect.containers) ||
      changes.every(change => isFill(view, change) || isFirstUse(view, change))
    )
      continue;
    const { binding, scope } = state;
    yield {
      kind: 'moduleState',
      at: scope.module.tree.locate({ start: binding.start, end: binding.start + 1 }),
      name: state.name,
      changes: changes.map(change => ({
        at: view.at(change.scope, change.at),
        in: names.get(change) || 'a handler',
      })),
      perUser: perUserOf(view, state.name, changes),
      reached: view.reached({ scope, conditions: binding.conditions }),
    };
  }
}
