import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Lambda,
  Parameter,
  Span,
  Statement,
} from '../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf } from '../../read/walk.ts';
import type { Module } from './modules.ts';
import { exportedAs, takenApart } from './targets.ts';

/** One way in which a name gets its meaning. */
export type Binding = {
  /** Where it happens in the file. */
  readonly start: number;
  /** The tests that must hold for it: `if` conditions with their outcome, handlers as `except`. */
  readonly conditions: readonly Condition[];
  /** The block outside of which the name does not mean this; `undefined` for the whole scope. */
  readonly within: Span | undefined;
} & (
  | { readonly kind: 'import'; readonly module: string; readonly whole: boolean }
  | { readonly kind: 'import-from'; readonly module: string; readonly level: number; readonly name: string }
  | { readonly kind: 'function'; readonly definition: FunctionDefinition }
  | { readonly kind: 'class'; readonly definition: ClassDefinition }
  | { readonly kind: 'value'; readonly value: Expression; readonly annotation: Expression | undefined }
  /** `x: int` without a value. */
  | { readonly kind: 'annotation'; readonly annotation: Expression }
  | { readonly kind: 'element'; readonly iterable: Expression; readonly index: number | undefined }
  | { readonly kind: 'item'; readonly value: Expression; readonly index: number }
  | { readonly kind: 'context'; readonly context: Expression }
  | { readonly kind: 'parameter'; readonly parameter: Parameter; readonly position: number }
  | { readonly kind: 'augment'; readonly operator: string; readonly value: Expression }
  /** `let app;`: what it is comes later, from wherever. */
  | { readonly kind: 'later'; readonly name: string }
  | { readonly kind: 'other' }
);

export type Condition =
  | { readonly kind: 'if'; readonly test: Expression; readonly holds: boolean }
  | { readonly kind: 'except'; readonly type: Expression | undefined }
  | { readonly kind: 'loop' };

/** A module, class, function or lambda with the names that it binds. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly module: Module;
  readonly definition: FunctionDefinition | ClassDefinition | Lambda | undefined;
  readonly parent: Scope | undefined;
  bindings(): ReadonlyMap<string, readonly Binding[]>;
  /** What other modules can take from this one, by the names that they use; `=` is the module as one value. */
  exported(): ReadonlyMap<string, readonly Binding[]>;
  /** Modules of `from x import *` and `export * from`, last first. */
  stars(): readonly { readonly module: string; readonly level: number }[];
  /** The scope of a definition that stands directly in this one. */
  inner(definition: FunctionDefinition | ClassDefinition | Lambda): Scope;
}

interface Bound {
  readonly names: Map<string, Binding[]>;
  /** Only for languages in which a module says what it gives to others. */
  readonly exported: Map<string, Binding[]>;
  /** Assignments to names that may be those of a scope around. */
  readonly assigned: { readonly name: string; readonly binding: Binding }[];
  /** Whether names can belong to a block. */
  readonly hasBlocks: boolean;
  readonly stars: { module: string; level: number }[];
  /** Whether `:=` stands anywhere in the file. */
  readonly hasWalrus: boolean;
}

export function moduleScope(module: Module): Scope {
  return scopeOf('module', module, undefined, undefined, module.tree, () => []);
}

/** Its body is read when the first of its names is asked for. */
interface Holder {
  readonly body: readonly Statement[];
}

function scopeOf(
  kind: Scope['kind'],
  module: Module,
  definition: Scope['definition'],
  parent: Scope | undefined,
  holder: Holder,
  params: () => readonly Parameter[],
): Scope {
  let bound: Bound | undefined;
  const read = () => (bound ??= boundIn(kind, module, holder.body, params()));
  // Most scopes are never looked into: nothing is made before it is asked for.
  let inner: Map<object, Scope> | undefined;
  const scope: Scope = {
    kind,
    module,
    definition,
    parent,
    bindings: () => read().names,
    exported: () => (module.language === 'python' ? read().names : read().exported),
    stars: () => read().stars,
    inner(nested) {
      inner ??= new Map();
      const existing = inner.get(nested);
      if (existing) return existing;
      const made = innerScope(scope, nested);
      inner.set(nested, made);
      return made;
    },
  };
  return scope;
}

function innerScope(parent: Scope, nested: FunctionDefinition | ClassDefinition | Lambda): Scope {
  switch (nested.kind) {
    case 'class':
      return scopeOf('class', parent.module, nested, parent, nested, () => []);
    case 'lambda':
      return scopeOf('function', parent.module, nested, parent, { body: [] }, () => nested.params);
    case 'function':
      return scopeOf('function', parent.module, nested, parent, nested, () => nested.params);
  }
}

function boundIn(
  kind: Scope['kind'],
  { language, tree }: Module,
  body: readonly Statement[],
  params: readonly Parameter[],
): Bound {
  const bound: Bound = {
    names: new Map(),
    exported: new Map(),
    assigned: [],
    hasBlocks: language !== 'python',
    stars: [],
    hasWalrus: tree.mentions.hasWalrus,
  };
  params.forEach((parameter, position) => {
    const { name, pattern, start, end } = parameter;
    bind(bound, name, { kind: 'parameter', parameter, position, start, conditions: [], within: undefined });
    if (pattern)
      bindPattern(
        bound,
        pattern,
        { kind: 'name', name, start: end, end },
        { start, conditions: [], within: undefined },
      );
  });
  bindBlock(bound, body, [], undefined);
  for (const { name, binding } of bound.assigned)
    if (kind === 'module' || bound.names.has(name)) bind(bound, name, binding);
  if (bound.assigned.length > 0)
    for (const list of bound.names.values()) list.sort((one, other) => one.start - other.start);
  return bound;
}

function add(map: Map<string, Binding[]>, name: string, binding: Binding): void {
  const list = map.get(name);
  if (list) list.push(binding);
  else map.set(name, [binding]);
}

const bind = ({ names }: Bound, name: string, binding: Binding): void => {
  add(names, name, binding);
};

function bindBlock(
  bound: Bound,
  body: readonly Statement[],
  conditions: readonly Condition[],
  around: Span | undefined,
): void {
  for (const statement of body) {
    bindStatement(bound, statement, { start: statement.start, conditions, within: around });
    if (bound.hasWalrus) bindWalrus(bound, statement, conditions);
    blocksOf(statement).forEach((block, index) => {
      bindBlock(
        bound,
        block,
        [...conditions, ...conditionOf(statement, index)],
        bound.hasBlocks ? statement : undefined,
      );
    });
  }
}

/** What must hold for the n-th block of a statement to run. */
export function conditionOf(statement: Statement, index: number): readonly Condition[] {
  switch (statement.kind) {
    case 'if':
      return [{ kind: 'if', test: statement.test, holds: index === 0 }];
    case 'while':
    case 'for':
      return index === 0 ? [{ kind: 'loop' }] : [];
    case 'try': {
      const handler = statement.handlers[index - 1];
      return handler ? [{ kind: 'except', type: handler.type }] : [];
    }
    default:
      return [];
  }
}

function bindStatement(bound: Bound, statement: Statement, at: At): void {
  switch (statement.kind) {
    case 'export':
      bindExport(bound, statement, at);
      return;
    case 'import':
      for (const { module, alias } of statement.modules)
        bind(bound, alias || (module.split('.')[0] ?? ''), {
          kind: 'import',
          module,
          whole: alias !== '',
          ...at,
        });
      return;
    case 'import-from':
      for (const { name, alias } of statement.names) {
        const { module, level } = statement;
        if (name === '*') bound.stars.unshift({ module, level });
        else bind(bound, alias || name, { kind: 'import-from', module, level, name, ...at });
      }
      return;
    case 'function':
      bind(bound, statement.name, { kind: 'function', definition: statement, ...at });
      return;
    case 'class':
      bind(bound, statement.name, { kind: 'class', definition: statement, ...at });
      return;
    case 'assign':
      bindAssignment(bound, statement, at);
      return;
    case 'augment':
      if (statement.target.kind === 'name')
        bind(bound, statement.target.name, {
          kind: 'augment',
          operator: statement.operator,
          value: statement.value,
          ...at,
        });
      return;
    case 'for': {
      const here = bound.hasBlocks ? { ...at, within: statement } : at;
      bindTarget(bound, statement.target, here, index => ({
        kind: 'element',
        iterable: statement.iterable,
        index,
        ...here,
      }));
      return;
    }
    case 'with':
      for (const { context, target } of statement.items)
        if (target) bindTarget(bound, target, at, () => ({ kind: 'context', context, ...at }));
      return;
    case 'try':
      for (const { name, start, end } of statement.handlers)
        if (name)
          bind(bound, name, { kind: 'other', ...at, within: bound.hasBlocks ? { start, end } : undefined });
      return;
    default:
  }
}

type At = Pick<Binding, 'start' | 'conditions' | 'within'>;

function bindAssignment(bound: Bound, statement: Extract<Statement, { kind: 'assign' }>, around: At): void {
  const { value, annotation, declares } = statement;
  const at = declares === 'function' ? { ...around, within: undefined } : around;
  for (const target of statement.targets) {
    const exported = bound.hasBlocks && declares === 'nothing' ? exportedAs(target) : undefined;
    if (!value) {
      if (target.kind !== 'name') continue;
      if (annotation) bind(bound, target.name, { kind: 'annotation', annotation, ...at });
      else if (bound.hasBlocks) bind(bound, target.name, { kind: 'later', name: target.name, ...at });
    } else if (exported !== undefined)
      add(bound.exported, exported, { kind: 'value', value, annotation, ...at, within: undefined });
    else if (declares === 'nothing' && target.kind === 'name')
      bound.assigned.push({
        name: target.name,
        binding: { kind: 'value', value, annotation, ...at, within: undefined },
      });
    else if (bound.hasBlocks) bindPattern(bound, target, value, at, annotation);
    else
      bindTarget(bound, target, at, index =>
        index === undefined ? { kind: 'value', value, annotation, ...at } : itemOf(value, index, at),
      );
  }
}

function bindExport(
  bound: Bound,
  { from, names, value }: Extract<Statement, { kind: 'export' }>,
  at: At,
): void {
  for (const { name, alias } of names) {
    if (from !== undefined && alias === '*') bound.stars.unshift({ module: from, level: 0 });
    else if (from !== undefined && name === '*')
      add(bound.exported, alias, { kind: 'import', module: from, whole: true, ...at });
    else if (from !== undefined)
      add(bound.exported, alias, { kind: 'import-from', module: from, level: 0, name, ...at });
    else
      add(bound.exported, alias, {
        kind: 'value',
        value: value ?? { kind: 'name', name, start: Number.MAX_SAFE_INTEGER, end: Number.MAX_SAFE_INTEGER },
        annotation: undefined,
        ...at,
      });
  }
}

/** `a, b = 1, 2` binds each name to its own value. */
function itemOf(value: Expression, index: number, at: At): Binding {
  const item = value.kind === 'collection' ? value.items[index] : undefined;
  return item && item.kind !== 'spread'
    ? { kind: 'value', value: item, annotation: undefined, ...at }
    : { kind: 'item', value, index, ...at };
}

function bindPattern(
  bound: Bound,
  target: Expression,
  value: Expression,
  at: At,
  annotation?: Expression,
): void {
  for (const part of takenApart(target, value))
    bind(bound, part.name, { kind: 'value', value: part.value, annotation, ...at });
}

function bindTarget(
  bound: Bound,
  target: Expression,
  at: At,
  binding: (index: number | undefined) => Binding,
): void {
  if (target.kind === 'name') bind(bound, target.name, binding(undefined));
  else if (target.kind === 'collection')
    target.items.forEach((item, index) => {
      if (item.kind === 'name') bind(bound, item.name, binding(index));
      else bindTarget(bound, item, at, () => ({ kind: 'other', ...at }));
    });
  else if (target.kind === 'spread') bindTarget(bound, target.value, at, () => ({ kind: 'other', ...at }));
  else if (target.kind === 'dictionary')
    for (const { value } of target.entries) bindTarget(bound, value, at, () => ({ kind: 'other', ...at }));
}

function bindWalrus(bound: Bound, statement: Statement, conditions: readonly Condition[]): void {
  for (const head of headOf(statement))
    for (const expression of expressionsIn(head))
      if (expression.kind === 'walrus') {
        const { target, value, start } = expression;
        const binding: Binding = {
          kind: 'value',
          value,
          annotation: undefined,
          start,
          conditions,
          within: undefined,
        };
        const exported = bound.hasBlocks ? exportedAs(target) : undefined;
        if (exported !== undefined) add(bound.exported, exported, binding);
        else if (target.kind !== 'name') continue;
        else if (bound.hasBlocks) bound.assigned.push({ name: target.name, binding });
        else bind(bound, target.name, binding);
      }
}
