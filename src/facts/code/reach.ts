import type { Truth } from '../../model/index.ts';
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Import,
  ImportFrom,
  Span,
  Statement,
} from '../../read/syntax.ts';
import { firstFrom } from '../../read/sorted.ts';
import { blocksOf, expressionsIn, headOf, headSpanOf } from '../../read/walk.ts';
import type { Code } from './code.ts';
import type { Entity } from './entities.ts';
import type { Module, Modules } from './modules.ts';
import { conditionOf, type Condition, type Scope } from './scopes.ts';
import { isMainGuard, lastNameOf } from './sites.ts';

/** A module from which production starts. A script runs its `__main__` block too. */
export interface Entry {
  readonly module: Module;
  readonly isScript: boolean;
  /** The name that the server takes from it: an app object or a factory; `*` for all names, empty for none. */
  readonly object: string;
}

/** What production comes by, from its start paths: modules that are imported, and in them what is referred to. */
export interface Reach {
  readonly entries: readonly Entry[];
  reachesModule(module: Module): Truth;
  /** Whether code in this scope, under these conditions, is run or at least referred to. */
  reaches(scope: Scope, conditions: readonly Condition[]): Truth;
  reachesDefinition(definition: FunctionDefinition | ClassDefinition): Truth;
  /** The chain of modules from a start path to this one. */
  wayTo(module: Module): readonly Module[];
  /** Places where modules are loaded by a name that reading cannot tell. */
  readonly blind: readonly { readonly module: Module; readonly at: Expression }[];
}

interface State {
  readonly code: Code;
  readonly from: Map<Module, Module | undefined>;
  readonly scripts: Set<Module>;
  readonly definitions: Set<FunctionDefinition | ClassDefinition>;
  readonly queue: (() => void)[];
  readonly blind: { module: Module; at: Expression }[];
  /** Whether this part of a module mentions anything that could lead to another place of the repository. */
  readonly leadsOn: (module: Module, part: Span) => boolean;
}

/**
 * `isCertain` is false when the entries are only what looks like the start: then what is not reached is
 * `unclear`. Without an entry every answer is `unclear`.
 */
export function reachFrom(code: Code, entries: readonly Entry[], isCertain = true): Reach {
  const known = knownReach.get(code) ?? new Map<string, Reach>();
  knownReach.set(code, known);
  const key = JSON.stringify([
    isCertain,
    entries.map(each => [each.module.path, each.isScript, each.object]),
  ]);
  const reach = known.get(key) ?? newReach(code, entries, isCertain);
  known.set(key, reach);
  return reach;
}

/** Several start paths and services begin at the same places. */
const knownReach = new WeakMap<Code, Map<string, Reach>>();

function newReach(code: Code, entries: readonly Entry[], isCertain: boolean): Reach {
  const state: State = {
    code,
    from: new Map(),
    scripts: new Set(entries.filter(entry => entry.isScript).map(entry => entry.module)),
    definitions: new Set(),
    queue: [],
    blind: [],
    leadsOn: leadsOnIn(code),
  };
  for (const { module, object } of entries) {
    addModule(state, module, undefined);
    const names = object === '*' ? [...code.resolver.scopeOf(module).exported().keys()] : [object];
    for (const name of names)
      if (name !== '') addEntity(state, code.resolver.member({ kind: 'module', module }, name));
  }
  for (let next = state.queue.pop(); next; next = state.queue.pop()) next();

  const absent: Truth = !isCertain || entries.length === 0 || state.blind.length > 0 ? 'unclear' : 'no';
  const reachesModule = (module: Module): Truth => (state.from.has(module) ? 'yes' : absent);
  const reachesDefinition = (definition: FunctionDefinition | ClassDefinition): Truth =>
    state.definitions.has(definition) ? 'yes' : absent;

  return {
    entries,
    blind: state.blind,
    reachesModule,
    reachesDefinition,
    reaches(scope, conditions) {
      // However much is unclear: this block runs only in the module that is started as a script.
      if (conditions.some(isMainGuard) && !state.scripts.has(scope.module))
        return isCertain ? 'no' : 'unclear';
      if (reachesModule(scope.module) !== 'yes') return absent;
      for (let each: Scope | undefined = scope; each; each = each.parent)
        if (each.definition && isReferredTo(each.definition) && !state.definitions.has(each.definition))
          return absent;
      return 'yes';
    },
    wayTo(module) {
      const way: Module[] = [];
      for (let each: Module | undefined = module; each && !way.includes(each); each = state.from.get(each))
        way.unshift(each);
      return way;
    },
  };
}

/** Lambdas and functions in expressions are there with what is around them. */
const isReferredTo = (
  definition: NonNullable<Scope['definition']>,
): definition is FunctionDefinition | ClassDefinition =>
  definition.kind === 'class' || (definition.kind === 'function' && !definition.isInline);

function addModule(state: State, module: Module, from: Module | undefined): void {
  if (state.from.has(module)) return;
  state.from.set(module, from);
  state.queue.push(() => {
    const scope = state.code.resolver.scopeOf(module);
    visitBlock(state, module.tree.body, scope, []);
  });
  for (const parent of state.code.modules.around(module)) addModule(state, parent, module);
}

function visitBlock(
  state: State,
  body: readonly Statement[],
  scope: Scope,
  conditions: readonly Condition[],
): void {
  if (conditions.some(isMainGuard) && !state.scripts.has(scope.module)) return;
  for (const statement of body) {
    visitStatement(state, statement, scope);
    blocksOf(statement).forEach((block, index) => {
      visitBlock(state, block, scope, [...conditions, ...conditionOf(statement, index)]);
    });
  }
}

function visitStatement(state: State, statement: Statement, scope: Scope): void {
  const { code } = state;
  if (state.leadsOn(scope.module, headSpanOf(statement)))
    for (const head of headOf(statement)) visitExpression(state, head, scope);
  switch (statement.kind) {
    case 'import':
      for (const { module } of statement.modules)
        addBrought(state, statement, { module, level: 0, name: '' }, scope);
      return;
    case 'import-from':
      for (const { name } of statement.names) {
        const { module, level } = statement;
        addBrought(state, statement, { module, level, name }, scope);
      }
      return;
    case 'export':
      if (statement.from !== undefined) {
        const origin = code.modules.resolve(scope.module, statement.from, 0);
        if (origin.kind === 'module') addModule(state, origin.module, scope.module);
      }
      return;
    case 'function':
      // A decorator registers what it decorates: with the module it is reached.
      if (statement.decorators.length > 0) addDefinition(state, statement, scope);
      return;
    case 'class':
      if (statement.decorators.length > 0) addDefinition(state, statement, scope);
      return;
    default:
  }
}

const bodySpanOf = ({ head, end }: FunctionDefinition): Span => ({ start: head.end, end });

/** Types are gone when the program runs: what is imported for them is not. */
function addBrought(
  state: State,
  { isType }: Import | ImportFrom,
  site: Parameters<Modules['broughtBy']>[1],
  scope: Scope,
): void {
  if (isType) return;
  for (const target of state.code.modules.broughtBy(scope.module, site))
    if (target.kind === 'module') addModule(state, target.module, scope.module);
}

function visitExpression(state: State, expression: Expression, scope: Scope): void {
  for (const each of expressionsIn(expression)) {
    if (each.kind === 'name' || each.kind === 'attribute')
      addEntity(state, state.code.resolver.resolve(each, scope));
    if (each.kind === 'call') visitDynamicImport(state, each, scope);
    // `require("./routes")(app)` calls what a module is.
    if (each.kind === 'call' && each.callee.kind === 'call')
      addEntity(state, state.code.resolver.resolve(each.callee, scope));
    if (each.kind === 'class') addDefinition(state, each, scope);
    if (each.kind === 'function' && each.isInline && state.leadsOn(scope.module, bodySpanOf(each)))
      visitBlock(state, each.body, scope.inner(each), []);
  }
}

function addEntity(state: State, entity: Entity | undefined): void {
  switch (entity?.kind) {
    case 'function':
    case 'class':
      addDefinition(state, entity.definition, entity.scope);
      return;
    case 'object':
      addDefinition(state, entity.of.definition, entity.of.scope);
      return;
    default:
  }
}

function addDefinition(state: State, definition: FunctionDefinition | ClassDefinition, scope: Scope): void {
  if (state.definitions.has(definition)) return;
  state.definitions.add(definition);
  addModule(state, scope.module, undefined);
  state.queue.push(() => {
    if (definition.kind === 'function' && !state.leadsOn(scope.module, bodySpanOf(definition))) return;
    const inside = scope.inner(definition);
    visitBlock(state, definition.body, inside, []);
    if (definition.kind !== 'class') return;
    if (definition.bases.length > 0)
      for (const base of state.code.resolver.basesOf({ kind: 'class', definition, scope }))
        if (base.kind === 'class') addDefinition(state, base.definition, base.scope);
    // A class that is referred to may have any method called.
    for (const member of definition.body)
      if (member.kind === 'function' || member.kind === 'class') addDefinition(state, member, inside);
      else if (member.kind === 'assign' && member.value?.kind === 'function')
        addDefinition(state, member.value, inside);
  });
}

/**
 * A name leads to another place when the repository defines a function or class of that name, or when the file
 * imports it. All other names stand for values of the function itself or of libraries.
 */
function leadsOnIn({ modules, language }: Code): State['leadsOn'] {
  const defined = new Set(language.dynamic.words);
  for (const { tree } of modules.all) for (const { name } of tree.mentions.definitions) defined.add(name);
  const known = new Map<Module, Int32Array | 'any'>();
  const offsetsOf = (module: Module): Int32Array | 'any' => {
    const before = known.get(module);
    if (before) return before;
    const { mentions } = module.tree;
    const own = mentions.imports.filter(
      each => modules.resolve(module, each.module, each.level).kind !== 'external',
    );
    // Any name may come from a star.
    if (own.some(({ name }) => name === '*')) {
      known.set(module, 'any');
      return 'any';
    }
    const imported = new Set(own.map(each => each.as));
    // Where a name is given to a definition, nothing is referred to.
    const names = new Set(mentions.definitions.map(({ namedAt }) => namedAt));
    const found = own.map(({ start }) => start);
    for (const word of mentions.words)
      if (defined.has(word) || imported.has(word))
        for (const place of mentions.placesOf(word)) if (!names.has(place >> 1)) found.push(place >> 1);
    const offsets = Int32Array.from(found).sort();
    known.set(module, offsets);
    return offsets;
  };
  return (module, { start, end }) => {
    const offsets = offsetsOf(module);
    if (offsets === 'any') return true;
    const next = offsets[firstFrom(offsets, start)];
    return next !== undefined && next < end;
  };
}

/** `import_module("a.b")`, `require(name)`: what a call loads by a name. */
function visitDynamicImport(state: State, call: Extract<Expression, { kind: 'call' }>, scope: Scope): void {
  const { code } = state;
  if (!code.language.dynamic.words.includes(lastNameOf(call.callee))) return;
  const { modules, entities, isBlind } = code.language.dynamic.loadedBy(code, call, scope);
  if (isBlind) state.blind.push({ module: scope.module, at: call });
  for (const module of modules) addModule(state, module, scope.module);
  for (const entity of entities) addEntity(state, entity);
}
