import type { Attribute, Call, Dictionary, Expression, FunctionDefinition } from '../../read/syntax.ts';
import { createAdded } from './added.ts';
import { createGiven } from './given.ts';
import type { Language } from './language.ts';
import {
  type ClassEntity,
  type Entity,
  type FunctionEntity,
  type ObjectEntity,
  type RecordEntity,
} from './entities.ts';
import type { Imported, Module, Modules } from './modules.ts';
import { selfAssignmentsIn, type SelfAssignment } from './self-assigned.ts';
import { resultsIn } from './results.ts';
import { moduleScope, type Binding, type Scope } from './scopes.ts';
import type { Uses } from './uses.ts';

/** Follows names, members and calls to what they stand for, across the modules of the repository. */
export interface Resolver {
  readonly modules: Modules;
  scopeOf(module: Module): Scope;
  /** What the expression stands for, seen from this scope. */
  resolve(expression: Expression, scope: Scope): Entity | undefined;
  member(entity: Entity, name: string): Entity | undefined;
  /** The bindings that a name can have where it is used, last first; the scope that holds them. */
  bindings(
    name: string,
    scope: Scope,
    at: number,
  ): { scope: Scope; bindings: readonly Binding[] } | undefined;
  /** The bodies in which a class and its bases define or assign this member, own class first. */
  memberBindings(of: ClassEntity, name: string): readonly { scope: Scope; binding: Binding }[];
  /** Bases in the order of their search: repository classes and external names. */
  basesOf(of: ClassEntity): readonly (ClassEntity | { readonly kind: 'external'; readonly name: string })[];
  /** What a call of this function gives. */
  resultOf(called: FunctionEntity): Entity | undefined;
  /** The scope of the inside of a function. */
  insideOf(called: FunctionEntity): Scope;
  entityOf(binding: Binding, scope: Scope): Entity | undefined;
  /** The bindings behind a name that a module gives to others, where they stand. */
  exportsOf(module: Module, name: string): readonly { scope: Scope; binding: Binding }[];
  /** The module of the repository that a call loads: `require("./users")`. */
  loadedBy(call: Call, scope: Scope): Module | undefined;
}

/** A chain of names longer than this is a circle. */
const DEEPEST = 60;

/** The last entry of this name counts; what is spread in has names as well. */
function entryNamed(
  entries: Dictionary['entries'],
  name: string,
  resolve: (value: Expression) => Entity | undefined,
  inSpread: (entity: Entity) => Entity | undefined,
): Entity | undefined {
  for (const { key, value } of entries.toReversed()) {
    if (key && (key.kind !== 'string' || key.value !== name)) continue;
    const entity = resolve(value);
    if (key) return entity;
    const spread = entity && inSpread(entity);
    if (spread) return spread;
  }
  return undefined;
}

/** A name that is being looked for in an object is not looked for in it again. */
function oneSearchAtATime(): (
  within: Dictionary,
  name: string,
  find: () => Entity | undefined,
) => Entity | undefined {
  const asked = new WeakMap<Dictionary, Set<string>>();
  return (within, name, find) => {
    const names = asked.get(within) ?? new Set();
    if (names.has(name)) return undefined;
    asked.set(within, names.add(name));
    const found = find();
    names.delete(name);
    return found;
  };
}

export function createResolver(modules: Modules, { names }: Language, uses: () => Uses): Resolver {
  const scopes = new Map<Module, Scope>();
  const known = new WeakMap<Expression, Entity | 'none' | 'asking'>();
  const selfAssignments = new WeakMap<object, ReadonlyMap<string, readonly SelfAssignment[]>>();
  const passing = new Set<string>();
  const searchOnce = oneSearchAtATime();
  let depth = 0;

  const scopeOf = (module: Module): Scope => {
    const existing = scopes.get(module);
    if (existing) return existing;
    const made = moduleScope(module);
    scopes.set(module, made);
    return made;
  };

  const imported = (found: Imported): Entity =>
    found.kind === 'external'
      ? { kind: 'external', name: names.canonical(found.name), made: undefined }
      : found;

  const resolve = (expression: Expression, scope: Scope): Entity | undefined => {
    const before = known.get(expression);
    if (before === 'none' || before === 'asking') return undefined;
    if (before) return before;
    if (depth > DEEPEST) return undefined;
    known.set(expression, 'asking');
    depth++;
    const found = resolveNew(expression, scope);
    depth--;
    known.set(expression, found ?? 'none');
    return found;
  };

  const resolveNew = (expression: Expression, scope: Scope): Entity | undefined => {
    switch (expression.kind) {
      case 'name':
        return resolveName(expression.name, scope, expression.start);
      case 'attribute':
        return resolveAttribute(expression, scope);
      case 'call':
        return resolveCall(expression, scope);
      case 'subscript': {
        const object = resolve(expression.object, scope);
        return object?.kind === 'external' ? { ...object, name: `${object.name}[]` } : undefined;
      }
      case 'await':
      case 'walrus':
        return resolve(expression.value, scope);
      case 'conditional':
        return resolve(expression.then, scope) ?? resolve(expression.otherwise, scope);
      case 'logical':
        return resolve(expression.left, scope) ?? resolve(expression.right, scope);
      case 'function':
        return { kind: 'function', definition: expression, scope, self: undefined };
      case 'class':
        return { kind: 'class', definition: expression, scope };
      case 'dictionary':
        return scope.module.language === 'python' ? undefined : { kind: 'record', expression, scope };
      default:
        return undefined;
    }
  };

  const bindings: Resolver['bindings'] = (name, scope, at) => {
    for (let holder: Scope | undefined = scope; holder; holder = holder.parent) {
      // Methods do not see class names; in JavaScript neither do fields.
      if (holder.kind === 'class' && (holder !== scope || holder.module.language !== 'python')) continue;
      const all = visibleAt(holder.bindings().get(name), at);
      if (!all) continue;
      return { scope: holder, bindings: inForce(all, holder === scope ? at : Number.MAX_SAFE_INTEGER) };
    }
    return undefined;
  };

  const resolveName = (name: string, scope: Scope, at: number): Entity | undefined => {
    const found = bindings(name, scope, at);
    if (!found && scope.module.language !== 'python')
      return name === 'this' || name === 'super' ? ownObject(name, scope) : builtin(name);
    if (!found) return fromStars(name, scopeOf(scope.module)) ?? builtin(name);
    for (const binding of found.bindings) {
      const entity = entityOf(binding, found.scope);
      if (entity) return entity;
    }
    return undefined;
  };

  const builtin = (name: string): Entity => ({ kind: 'external', name: names.global(name), made: undefined });

  /** What `this` and `super` mean in a method, and in the arrows inside of it. */
  const ownObject = (word: 'this' | 'super', scope: Scope): Entity | undefined => {
    for (let each: Scope | undefined = scope; each; each = each.parent) {
      const { definition } = each;
      if (each.kind === 'class' && definition?.kind === 'class' && each.parent)
        return objectIn({ kind: 'class', definition, scope: each.parent }, false, word, basesOf);
      if (definition?.kind !== 'function' || definition.form === 'arrow') continue;
      const around = each.parent;
      return around?.definition?.kind === 'class' && around.parent
        ? objectIn(
            { kind: 'class', definition: around.definition, scope: around.parent },
            definition.isStatic,
            word,
            basesOf,
          )
        : undefined;
    }
    return undefined;
  };

  const fromStars = (name: string, scope: Scope): Entity | undefined => {
    // Modules that pass on each other's names go in a circle.
    const key = `${scope.module.path}\n${name}`;
    if (scope.stars().length === 0 || passing.has(key)) return undefined;
    passing.add(key);
    try {
      for (const { module, level } of scope.stars()) {
        const found = modules.resolve(scope.module, module, level);
        const entity = found.kind === 'module' ? moduleMember(found.module, name) : undefined;
        if (entity) return entity;
      }
      return undefined;
    } finally {
      passing.delete(key);
    }
  };

  const moduleMember = (module: Module, name: string): Entity | undefined => {
    const scope = scopeOf(module);
    const list = scope.exported().get(name);
    if (!list && module.language !== 'python') return exportedMember(module, name, scope);
    if (list)
      for (const binding of inForce(list, Number.MAX_SAFE_INTEGER)) {
        const entity = guarded(binding, () => entityOf(binding, scope));
        if (entity) return entity;
      }
    const child = module.isPackage ? modules.child(module.folder, name) : undefined;
    return child ? { kind: 'module', module: child } : list ? undefined : fromStars(name, scope);
  };

  /** A name that a module does not export itself: what it passes on, or a member of the value that it is. */
  const exportedMember = (module: Module, name: string, scope: Scope): Entity | undefined => {
    const passed = name === 'default' ? undefined : fromStars(name, scope);
    if (passed) return passed;
    const whole = moduleValue(module);
    if (whole) return name === 'default' ? whole : member(whole, name);
    return name === 'default' ? { kind: 'module', module } : undefined;
  };

  /** What `module.exports = …` makes of a module. */
  const moduleValue = (module: Module): Entity | undefined => {
    const scope = scopeOf(module);
    for (const binding of inForce(scope.exported().get('=') ?? [], Number.MAX_SAFE_INTEGER)) {
      const entity = guarded(binding, () => entityOf(binding, scope));
      if (entity) return entity;
    }
    return undefined;
  };

  const loadedBy: Resolver['loadedBy'] = (call, scope) => {
    const name = names.loadedBy(call);
    if (name === undefined || (call.callee.kind === 'name' && bindings(call.callee.name, scope, call.start)))
      return undefined;
    const found = modules.resolve(scope.module, name, 0);
    return found.kind === 'module' ? found.module : undefined;
  };

  const asking = new Set<Binding>();
  const guarded = <T>(binding: Binding, ask: () => T): T | undefined => {
    if (asking.has(binding)) return undefined;
    asking.add(binding);
    const answer = ask();
    asking.delete(binding);
    return answer;
  };

  /** What an import from outside stands for never changes; all else may depend on what is being asked. */
  const outside = new WeakMap<Binding, Entity>();
  const entityOf = (binding: Binding, scope: Scope): Entity | undefined => {
    const before = outside.get(binding);
    if (before) return before;
    const entity = newEntityOf(binding, scope);
    if (entity?.kind === 'external' && (binding.kind === 'import' || binding.kind === 'import-from'))
      outside.set(binding, entity);
    return entity;
  };

  const newEntityOf = (binding: Binding, scope: Scope): Entity | undefined => {
    const { module } = scope;
    switch (binding.kind) {
      case 'import':
        return imported(
          modules.resolve(module, binding.whole ? binding.module : (binding.module.split('.')[0] ?? ''), 0),
        );
      case 'import-from':
        return fromImport(module, binding);
      case 'function':
        return { kind: 'function', definition: binding.definition, scope, self: undefined };
      case 'class':
        return { kind: 'class', definition: binding.definition, scope };
      case 'value':
        return resolve(binding.value, scope) ?? (binding.annotation && instanceOf(binding.annotation, scope));
      case 'annotation':
        return instanceOf(binding.annotation, scope);
      case 'context':
        return resolve(binding.context, scope);
      case 'element': {
        const iterable = resolve(binding.iterable, scope);
        return iterable?.kind === 'external' ? { ...iterable, name: `${iterable.name}[]` } : undefined;
      }
      case 'parameter':
        return scope.module.language === 'python'
          ? parameterEntity(binding, scope)
          : given.parameter(binding, scope);
      case 'later':
        return given.later(binding, scope);
      default:
        return undefined;
    }
  };

  const means = { names, uses, resolve, guarded };
  const given = createGiven({ ...means, instanceOf: (annotation, scope) => instanceOf(annotation, scope) });
  const more = createAdded(means);

  const fromImport = (
    module: Module,
    binding: Extract<Binding, { kind: 'import-from' }>,
  ): Entity | undefined => {
    const found = modules.resolve(module, binding.module, binding.level);
    switch (found.kind) {
      case 'external':
        return {
          kind: 'external',
          name: names.canonical(`${names.canonical(found.name)}.${binding.name}`),
          made: undefined,
        };
      case 'folder': {
        const child = modules.child(found.folder, binding.name);
        return child && { kind: 'module', module: child };
      }
      case 'module':
        if (found.module === module && module.language === 'python') {
          // `from . import x` inside the package's own `__init__.py`
          const child = modules.child(module.folder, binding.name);
          return child && { kind: 'module', module: child };
        }
        return moduleMember(found.module, binding.name);
    }
  };

  const parameterEntity = (
    { parameter, position }: Extract<Binding, { kind: 'parameter' }>,
    scope: Scope,
  ): Entity | undefined => {
    const owner = scope.parent;
    const definition = scope.definition;
    if (position === 0 && owner?.kind === 'class' && owner.parent && owner.definition?.kind === 'class') {
      const isStatic =
        definition?.kind === 'function' &&
        definition.decorators.some(each => each.kind === 'name' && each.name === 'staticmethod');
      const of: ClassEntity = { kind: 'class', definition: owner.definition, scope: owner.parent };
      if (!isStatic) return parameter.name === 'cls' ? of : { kind: 'object', of, made: undefined };
    }
    const seen = scope.parent ?? scope;
    return (
      (parameter.fallback && injected(parameter.fallback, seen)) ??
      (parameter.annotation && instanceOf(parameter.annotation, seen)) ??
      (parameter.fallback && resolve(parameter.fallback, seen))
    );
  };

  /** `Depends(get_db)` and `Security(…)` stand for what the function gives or yields. */
  const injected = (fallback: Expression, scope: Scope): Entity | undefined => {
    if (fallback.kind !== 'call') return undefined;
    const callee = resolve(fallback.callee, scope);
    if (callee?.kind !== 'external' || !/(^|\.)(Depends|Security|Inject|Provide)$/.test(callee.name))
      return undefined;
    const [first] = fallback.args;
    const given = first && resolve(first.value, scope);
    if (given?.kind === 'function') return resultOf(given);
    if (given?.kind === 'class') return { kind: 'object', of: given, made: undefined };
    return given?.kind === 'external' ? { ...given, name: `${given.name}()` } : undefined;
  };

  /** An object of the annotated class. */
  const instanceOf = (annotation: Expression, scope: Scope): Entity | undefined => {
    if (annotation.kind === 'subscript') {
      const outer = resolve(annotation.object, scope);
      const name = outer?.kind === 'external' ? outer.name : '';
      const { index } = annotation;
      if (/(^|\.)Annotated$/.test(name) && index.kind === 'collection') {
        for (const item of index.items.slice(1)) {
          const found = injected(item, scope);
          if (found) return found;
        }
        return index.items[0] && instanceOf(index.items[0], scope);
      }
      if (scope.module.language !== 'python') return genericOf(annotation.object, name, index, scope);
      return /(^|\.)(Optional|Final|ClassVar)$/.test(name) ? instanceOf(index, scope) : undefined;
    }
    if (annotation.kind === 'binary' && annotation.operator === '|')
      return instanceOf(annotation.left, scope) ?? instanceOf(annotation.right, scope);
    if (annotation.kind !== 'name' && annotation.kind !== 'attribute') return undefined;
    return objectOf(resolve(annotation, scope), annotation, scope);
  };

  /** An object of what an annotation names. */
  const objectOf = (entity: Entity | undefined, annotation: Expression, scope: Scope): Entity | undefined => {
    if (entity?.kind === 'class') return { kind: 'object', of: entity, made: undefined };
    if (scope.module.language !== 'python' && entity?.kind === 'object') return entity;
    if (entity?.kind !== 'external') return aliased(annotation, scope);
    if (names.isPlainType(entity.name)) return undefined;
    return { ...entity, name: entity.name.endsWith('()') ? entity.name : names.resultOf(entity.name) };
  };

  /** `Repository<User>` is a repository; `Promise<App>` and `Readonly<App>` are an app. */
  const genericOf = (
    object: Expression,
    name: string,
    index: Expression,
    scope: Scope,
  ): Entity | undefined => {
    const [first] = index.kind === 'collection' ? index.items : [];
    return WRAPPERS.test(name) ? first && instanceOf(first, scope) : instanceOf(object, scope);
  };

  /** `SessionDep = Annotated[Session, Depends(get_db)]`, used as an annotation. */
  const aliased = (annotation: Expression, scope: Scope): Entity | undefined => {
    if (annotation.kind !== 'name') return undefined;
    const found = bindings(annotation.name, scope, Number.MAX_SAFE_INTEGER);
    for (const binding of found?.bindings ?? []) {
      if (binding.kind === 'value' && binding.value.kind === 'subscript' && found)
        return instanceOf(binding.value, found.scope);
      if (binding.kind !== 'import-from' || !found) continue;
      const origin = modules.resolve(found.scope.module, binding.module, binding.level);
      if (origin.kind !== 'module') continue;
      const name: Expression = { kind: 'name', name: binding.name, start: Number.MAX_SAFE_INTEGER, end: 0 };
      return guarded(binding, () => aliased(name, scopeOf(origin.module)));
    }
    return undefined;
  };

  const resolveAttribute = (expression: Attribute, scope: Scope): Entity | undefined => {
    const object = resolve(expression.object, scope);
    return object && member(object, expression.name);
  };

  const member = (entity: Entity, name: string): Entity | undefined => {
    switch (entity.kind) {
      case 'external':
        return (
          more.added(entity.name, name) ?? { ...entity, name: names.canonical(`${entity.name}.${name}`) }
        );
      case 'record':
        return recordMember(entity, name);
      case 'module':
        return moduleMember(entity.module, name);
      case 'folder': {
        const module = modules.child(entity.folder, name);
        if (module) return { kind: 'module', module };
        const folder = entity.folder === '' ? name : `${entity.folder}/${name}`;
        return modules.hasFolder(folder) ? { kind: 'folder', folder } : undefined;
      }
      case 'class':
        return classMember(entity, name, entity);
      case 'object':
        return classMember(entity.of, name, entity);
      case 'function':
        return name === 'bind' ? entity : undefined;
    }
  };

  const recordMember = ({ expression, scope }: RecordEntity, name: string): Entity | undefined => {
    const found = searchOnce(expression, name, () =>
      entryNamed(
        expression.entries,
        name,
        value => resolve(value, scope),
        entity => member(entity, name),
      ),
    );
    return found?.kind === 'function' && found.definition.form === 'getter' ? resultOf(found) : found;
  };

  const classMember = (
    of: ClassEntity,
    name: string,
    self: ClassEntity | ObjectEntity,
  ): Entity | undefined => {
    for (const { scope, binding } of memberBindings(of, name)) {
      const entity = guarded(binding, () => entityOf(binding, scope));
      if (entity?.kind === 'function' && scope.kind === 'class') {
        return isGetter(entity.definition) ? resultOf(entity) : { ...entity, self };
      }
      if (entity) return entity;
    }
    const outside = basesOf(of).find(base => base.kind === 'external');
    return outside
      ? {
          kind: 'external',
          name: self.kind === 'object' ? `${outside.name}().${name}` : `${outside.name}.${name}`,
          made: self.kind === 'object' ? self.made : undefined,
        }
      : undefined;
  };

  const memberBindings: Resolver['memberBindings'] = (of, name) =>
    [of, ...basesOf(of)].flatMap(each => {
      if (each.kind !== 'class') return [];
      const inside = each.scope.inner(each.definition);
      const own = inForce(inside.bindings().get(name) ?? [], Number.MAX_SAFE_INTEGER);
      return [
        ...own.map(binding => ({ scope: inside, binding })),
        ...(selfAssigned(each).get(name) ?? []).map(({ scope, value, start }) => ({
          scope,
          binding: {
            kind: 'value',
            value,
            annotation: undefined,
            start,
            conditions: [],
            within: undefined,
          } satisfies Binding,
        })),
      ];
    });

  const selfAssigned = (of: ClassEntity): ReadonlyMap<string, readonly SelfAssignment[]> => {
    const existing = selfAssignments.get(of.definition);
    if (existing) return existing;
    const made = selfAssignmentsIn(of);
    selfAssignments.set(of.definition, made);
    return made;
  };

  const basesOf: Resolver['basesOf'] = of => {
    const found: (ClassEntity | { readonly kind: 'external'; readonly name: string })[] = [];
    const seen = new Set([of.definition]);
    const visit = (each: ClassEntity): void => {
      for (const base of each.definition.bases) {
        if (base.name !== '') continue;
        const generic = base.value.kind === 'subscript' ? base.value.object : base.value;
        const entity = resolve(generic, each.scope);
        if (entity?.kind === 'external') found.push({ kind: 'external', name: entity.name });
        if (entity?.kind !== 'class' || seen.has(entity.definition)) continue;
        seen.add(entity.definition);
        found.push(entity);
        visit(entity);
      }
    };
    visit(of);
    return found;
  };

  const insideOf = (called: FunctionEntity): Scope => called.scope.inner(called.definition);

  const resultOf = (called: FunctionEntity): Entity | undefined => {
    const inside = insideOf(called);
    for (const value of resultsIn(called.definition)) {
      const entity = resolve(value, inside);
      if (entity && !(entity.kind === 'external' && entity.name === 'builtins.None')) return entity;
    }
    return called.definition.returns && instanceOf(called.definition.returns, called.scope);
  };

  const resolveCall = (call: Call, scope: Scope): Entity | undefined => {
    const callee = resolve(call.callee, scope);
    switch (callee?.kind) {
      case 'external': {
        const loaded = scope.module.language === 'python' ? undefined : loadedEntity(call, scope);
        if (loaded) return loaded;
        const given = call.args[0]?.value;
        const same = given && names.passesOn(callee.name) ? resolve(given, scope) : undefined;
        const isHeld = given && names.givesObject(callee.name);
        const found = isHeld ? objectOf(resolve(given, scope), given, scope) : same;
        if (found) return found;
        const name = names.resultOf(callee.name);
        return { kind: 'external', name, made: callee.name.startsWith(name) ? callee.made : { call, scope } };
      }
      case 'class':
        return { kind: 'object', of: callee, made: { call, scope } };
      case 'function':
        if (call.callee.kind === 'attribute' && call.callee.name === 'bind') return callee;
        return more.wrapped(call, scope, callee) ?? resultOf(callee);
      case 'object': {
        const method = classMember(callee.of, '__call__', callee);
        if (method?.kind === 'function') return resultOf(method);
        return method?.kind === 'external' ? { ...method, name: `${method.name}()` } : undefined;
      }
      default:
        return undefined;
    }
  };

  /** `require("./users")` is the value that the module is, or the module; from outside it is the package. */
  const loadedEntity = (call: Call, scope: Scope): Entity | undefined => {
    const name = names.loadedBy(call);
    if (name === undefined) return undefined;
    const module = loadedBy(call, scope);
    if (module) return moduleValue(module) ?? { kind: 'module', module };
    const found = modules.resolve(scope.module, name, 0);
    return found.kind === 'external' ? imported(found) : undefined;
  };

  return {
    modules,
    scopeOf,
    resolve,
    member,
    bindings,
    memberBindings,
    basesOf,
    resultOf,
    insideOf,
    entityOf,
    exportsOf: (module, name) => exportsOf(module, name, modules, scopeOf),
    loadedBy,
  };
}

/** The bindings behind a name that a module exports itself or passes on from others with a star. */
function exportsOf(
  module: Module,
  name: string,
  modules: Modules,
  scopeOf: (module: Module) => Scope,
): readonly { scope: Scope; binding: Binding }[] {
  const seen = new Set<Module>();
  const find = (each: Module): readonly { scope: Scope; binding: Binding }[] => {
    if (seen.has(each)) return [];
    seen.add(each);
    const scope = scopeOf(each);
    const own = inForce(scope.exported().get(name) ?? [], Number.MAX_SAFE_INTEGER);
    if (own.length > 0) return own.map(binding => ({ scope, binding }));
    for (const star of name === 'default' ? [] : scope.stars()) {
      const origin = modules.resolve(each, star.module, star.level);
      const found = origin.kind === 'module' ? find(origin.module) : [];
      if (found.length > 0) return found;
    }
    return [];
  };
  return find(module);
}

/** An object of the class, or of what it is derived from; in a static method the class itself. */
function objectIn(
  of: ClassEntity,
  isStatic: boolean,
  word: 'this' | 'super',
  basesOf: Resolver['basesOf'],
): Entity | undefined {
  const found = word === 'this' ? of : basesOf(of)[0];
  if (found?.kind === 'external')
    return { kind: 'external', name: isStatic ? found.name : `${found.name}()`, made: undefined };
  return found && (isStatic ? found : { kind: 'object', of: found, made: undefined });
}

/** Types that stand for what is inside of them. */
const WRAPPERS = /^(Promise|Readonly|Partial|Required|Awaited|NonNullable|DeepPartial|InstanceType)$/;

/** Members that are read without a call: `@property`, `get x()`. */
export const isGetter = ({ form, decorators }: FunctionDefinition): boolean =>
  form === 'getter' || decorators.some(each => each.kind === 'name' && /property$/.test(each.name));

/** Of the bindings of a name, those whose block holds this place; `undefined` when there is none. */
function visibleAt(all: readonly Binding[] | undefined, at: number): readonly Binding[] | undefined {
  if (!all?.some(({ within }) => within)) return all;
  const isVisible = ({ within }: Binding) => !within || (within.start <= at && at < within.end);
  const found = all.filter(isVisible);
  return found.length > 0 ? found : undefined;
}

/** `limiter = limiter.Limiter()`: on the right the name still means what it meant before. */
const isWithinOwn = (binding: Binding, at: number): boolean =>
  binding.kind === 'value' && binding.value.start <= at && at < binding.value.end;

/** From the last binding back to the first that always happens. Those in `except` come last. */
function inForce(all: readonly Binding[], at: number): readonly Binding[] {
  const before = all.filter(binding => binding.start < at && !isWithinOwn(binding, at));
  const found: Binding[] = [];
  for (const binding of (before.length > 0 ? before : all).toReversed()) {
    found.push(binding);
    const always = binding.conditions.every(condition => condition.kind === 'loop');
    if (always && binding.kind !== 'augment') break;
  }
  const inExcept = (binding: Binding) => binding.conditions.some(condition => condition.kind === 'except');
  return [...found.filter(each => !inExcept(each)), ...found.filter(inExcept)];
}
