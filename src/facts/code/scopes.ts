import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Lambda,
  Parameter,
  Statement,
} from '../../read/syntax.ts';
import { blocksOf, expressionsIn, headOf } from '../../read/walk.ts';
import type { Module } from './modules.ts';

/** One way in which a name gets its meaning. */
export type Binding = {
  /** Where it happens in the file. */
  readonly start: number;
  /** The tests that must hold for it: `if` conditions with their outcome, handlers as `except`. */
  readonly conditions: readonly Condition[];
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
  /** Modules of `from x import *`, last first. */
  stars(): readonly { readonly module: string; readonly level: number }[];
  /** The scope of a definition that stands directly in this one. */
  inner(definition: FunctionDefinition | ClassDefinition | Lambda): Scope;
}

interface Bound {
  readonly names: Map<string, Binding[]>;
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
  const read = () => (bound ??= boundIn(holder.body, params(), module.tree.mentions.hasWalrus));
  // Most scopes are never looked into: nothing is made before it is asked for.
  let inner: Map<object, Scope> | undefined;
  const scope: Scope = {
    kind,
    module,
    definition,
    parent,
    bindings: () => read().names,
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

function boundIn(body: readonly Statement[], params: readonly Parameter[], hasWalrus: boolean): Bound {
  const bound: Bound = { names: new Map(), stars: [], hasWalrus };
  params.forEach((parameter, position) => {
    bind(bound, parameter.name, {
      kind: 'parameter',
      parameter,
      position,
      start: parameter.start,
      conditions: [],
    });
  });
  bindBlock(bound, body, []);
  return bound;
}

function bind(bound: Bound, name: string, binding: Binding): void {
  const list = bound.names.get(name);
  if (list) list.push(binding);
  else bound.names.set(name, [binding]);
}

function bindBlock(bound: Bound, body: readonly Statement[], conditions: readonly Condition[]): void {
  for (const statement of body) {
    bindStatement(bound, statement, conditions);
    if (bound.hasWalrus) bindWalrus(bound, statement, conditions);
    blocksOf(statement).forEach((block, index) => {
      bindBlock(bound, block, [...conditions, ...conditionOf(statement, index)]);
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

function bindStatement(bound: Bound, statement: Statement, conditions: readonly Condition[]): void {
  const at = { start: statement.start, conditions };
  switch (statement.kind) {
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
    case 'for':
      bindTarget(bound, statement.target, at, index => ({
        kind: 'element',
        iterable: statement.iterable,
        index,
        ...at,
      }));
      return;
    case 'with':
      for (const { context, target } of statement.items)
        if (target) bindTarget(bound, target, at, () => ({ kind: 'context', context, ...at }));
      return;
    case 'try':
      for (const { name } of statement.handlers) if (name) bind(bound, name, { kind: 'other', ...at });
      return;
    default:
  }
}

type At = Pick<Binding, 'start' | 'conditions'>;

function bindAssignment(bound: Bound, statement: Extract<Statement, { kind: 'assign' }>, at: At): void {
  const { value, annotation } = statement;
  for (const target of statement.targets)
    if (!value) {
      if (target.kind === 'name' && annotation)
        bind(bound, target.name, { kind: 'annotation', annotation, ...at });
    } else
      bindTarget(bound, target, at, index =>
        index === undefined ? { kind: 'value', value, annotation, ...at } : itemOf(value, index, at),
      );
}

/** `a, b = 1, 2` binds each name to its own value. */
function itemOf(value: Expression, index: number, at: At): Binding {
  const item = value.kind === 'collection' ? value.items[index] : undefined;
  return item && item.kind !== 'spread'
    ? { kind: 'value', value: item, annotation: undefined, ...at }
    : { kind: 'item', value, index, ...at };
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
}

function bindWalrus(bound: Bound, statement: Statement, conditions: readonly Condition[]): void {
  for (const head of headOf(statement))
    for (const expression of expressionsIn(head))
      if (expression.kind === 'walrus' && expression.target.kind === 'name')
        bind(bound, expression.target.name, {
          kind: 'value',
          value: expression.value,
          annotation: undefined,
          start: expression.start,
          conditions,
        });
}
