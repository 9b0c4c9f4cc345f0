import type { Truth } from '../../model/index.ts';
import type { ClassDefinition, Expression, FunctionDefinition, Span, Statement } from '../../read/syntax.ts';
import { firstFrom } from '../../read/sorted.ts';
import { blocksOf, expressionsIn, headOf, headSpanOf } from '../../read/walk.ts';
import type { Code } from './code.ts';
import type { Entity } from './entities.ts';
import { LOADERS, loadedBy, relative } from '../python/loaded.ts';
import type { Imported, Module, Modules } from './modules.ts';
import { conditionOf, type Condition, type Scope } from './scopes.ts';
import { isMainGuard } from './sites.ts';

/** A module from which production starts. A script runs its `__main__` block too. */
export interface Entry {
  readonly module: Module;
  readonly isScript: boolean;
  /** The name that the server takes from it: an app object or a factory; empty for none. */
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
  const state: State = {
    code,
    from: new Map(),
    scripts: new Set(entries.filter(entry => entry.isScript).map(entry => entry.module)),
    definitions: new Set(),
    queue: [],
    blind: [],
    leadsOn: leadsOnIn(code.modules),
  };
  for (const { module, object } of entries) {
    addModule(state, module, undefined);
    if (object !== '') addEntity(state, code.resolver.member({ kind: 'module', module }, object));
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
        if (each.definition && each.definition.kind !== 'lambda' && !state.definitions.has(each.definition))
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

function addModule(state: State, module: Module, from: Module | undefined): void {
  if (state.from.has(module)) return;
  state.from.set(module, from);
  state.queue.push(() => {
    const scope = state.code.resolver.scopeOf(module);
    visitBlock(state, module.tree.body, scope, []);
  });
  // Importing `a.b` runs `a/__init__.py` first.
  for (
    let { folder } = module;
    folder !== '';
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
  ) {
    const parent = state.code.modules.at(`${folder}/__init__.py`);
    if (!parent) break;
    addModule(state, parent, module);
  }
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
      for (const { module } of statement.modules) {
        const parts = module.split('.');
        parts.forEach((_, index) => {
          addImported(
            state,
            code.modules.resolve(scope.module, parts.slice(0, index + 1).join('.'), 0),
            scope,
          );
        });
      }
      return;
    case 'import-from': {
      const origin = code.modules.resolve(scope.module, statement.module, statement.level);
      addImported(state, origin, scope);
      for (const { name } of statement.names) addSubmodule(state, origin, name, scope);
      return;
    }
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

function addImported(state: State, origin: Imported, scope: Scope): void {
  if (origin.kind === 'module') addModule(state, origin.module, scope.module);
}

function addSubmodule(state: State, origin: Imported, name: string, scope: Scope): void {
  if (origin.kind === 'external') return;
  const folder =
    origin.kind === 'folder' ? origin.folder : origin.module.isPackage ? origin.module.folder : '';
  if (origin.kind === 'module' && !origin.module.isPackage) return;
  const child = state.code.modules.child(folder, name);
  if (child) addModule(state, child, scope.module);
}

function visitExpression(state: State, expression: Expression, scope: Scope): void {
  for (const each of expressionsIn(expression)) {
    if (each.kind === 'name' || each.kind === 'attribute')
      addEntity(state, state.code.resolver.resolve(each, scope));
    if (each.kind === 'call') visitDynamicImport(state, each, scope);
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
  });
}

/** Calls by these words may load a module that is given by its name. */
const LOADER_WORDS = ['import_module', '__import__', 'import_string', 'from_object', 'add_api', 'setdefault'];

/**
 * A name leads to another place when the repository defines a function or class of that name, or when the file
 * imports it. All other names stand for values of the function itself or of libraries.
 */
function leadsOnIn(modules: Modules): State['leadsOn'] {
  const defined = new Set(LOADER_WORDS);
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

/** `import_module("a.b")`; `import_module(f"routes.{name}")` loads what lies in that folder. */
function visitDynamicImport(state: State, call: Extract<Expression, { kind: 'call' }>, scope: Scope): void {
  const { code } = state;
  const word = call.callee.kind === 'attribute' || call.callee.kind === 'name' ? call.callee.name : '';
  // Handlers that a specification names are imported by those names.
  if (word === 'add_api' && code.nameOf(call.callee, scope).startsWith('connexion.'))
    state.blind.push({ module: scope.module, at: call });
  if (word === 'setdefault') visitSettingsName(state, call, scope);
  if (!['import_module', '__import__', 'import_string', 'from_object'].includes(word)) return;
  if (word !== 'from_object' && !LOADERS.has(code.nameOf(call.callee, scope))) return;
  const [first] = call.args;
  if (!first) return;
  const term = code.evaluator.evaluate(first.value, scope);
  if (term.kind === 'literal' && typeof term.value === 'string') {
    const { level, dotted } = relative(term.value);
    addDotted(state, dotted, level, scope);
    return;
  }
  // Settings objects are given as they are; only their names load a module.
  if (word === 'from_object') return;
  const loaded = loadedBy(code, call, scope);
  if (!loaded) state.blind.push({ module: scope.module, at: call });
  for (const module of loaded ?? []) addModule(state, module, scope.module);
}

/** Django loads its settings by this name, and by names in them everything else: apps, routes, middleware. */
function visitSettingsName(state: State, call: Extract<Expression, { kind: 'call' }>, scope: Scope): void {
  const [key, value] = call.args;
  if (key?.value.kind !== 'string' || key.value.value !== 'DJANGO_SETTINGS_MODULE') return;
  if (value?.value.kind === 'string') addDotted(state, value.value.value, 0, scope);
  state.blind.push({ module: scope.module, at: call });
}

/** `a.b` is a module, or the member `b` of the module `a`. */
function addDotted(state: State, dotted: string, level: number, scope: Scope): void {
  const { modules, resolver } = state.code;
  const whole = modules.resolve(scope.module, dotted, level);
  if (whole.kind === 'module') {
    addImported(state, whole, scope);
    return;
  }
  const cut = dotted.lastIndexOf('.');
  const outer = cut === -1 ? undefined : modules.resolve(scope.module, dotted.slice(0, cut), level);
  if (outer?.kind !== 'module') return;
  addImported(state, outer, scope);
  addEntity(state, resolver.member(outer, dotted.slice(cut + 1)));
}
