import type { Call, Expression } from '../../read/syntax.ts';
import type { Entity, RecordEntity } from './entities.ts';
import type { Module } from './modules.ts';
import type { Binding, Scope } from './scopes.ts';
import type { CodeView } from './view.ts';

/** An expression with the scope in which its names are looked up. */
export interface Written {
  readonly expression: Expression;
  readonly scope: Scope;
}

/** A chain of names longer than this is a circle. */
const DEEPEST = 12;

/**
 * The expression behind a name or member, across modules: where `resolve` tells what `list` is, this tells how it
 * was put together, `wrap(async (req, res) => …)`.
 */
export function writtenAs(view: CodeView, expression: Expression, scope: Scope, depth = 0): Written {
  const own = { expression, scope };
  if (depth > DEEPEST) return own;
  switch (expression.kind) {
    case 'name': {
      const found = view.code.resolver.bindings(expression.name, scope, expression.start);
      for (const binding of found?.bindings ?? []) {
        const next = found && behind(view, binding, found.scope, depth + 1);
        if (next) return next;
      }
      return own;
    }
    case 'attribute': {
      const of = view.resolve(expression.object, scope);
      return (of && memberOf(view, of, expression.name, depth + 1)) ?? own;
    }
    case 'await':
      return writtenAs(view, expression.value, scope, depth + 1);
    case 'call':
      return (isRequire(expression) && whatIsLoaded(view, expression, scope, depth + 1)) || own;
    default:
      return own;
  }
}

/** What a module gives to others under a name, as it is written. */
export const exportWritten = (view: CodeView, module: Module, name: string): Written | undefined =>
  memberOf(view, { kind: 'module', module }, name, 0);

const isRequire = ({ callee }: Call): boolean => callee.kind === 'name' && callee.name === 'require';

/** `require("./auth")`: what that module hands out as a whole. */
function whatIsLoaded(view: CodeView, call: Call, scope: Scope, depth: number): Written | undefined {
  const entity = view.resolve(call, scope);
  if (entity?.kind === 'function') return { expression: entity.definition, scope: entity.scope };
  return entity?.kind === 'module' ? memberOf(view, entity, 'default', depth) : undefined;
}

function behind(view: CodeView, binding: Binding, scope: Scope, depth: number): Written | undefined {
  if (binding.kind === 'function') return { expression: binding.definition, scope };
  if (binding.kind === 'value') return writtenAs(view, binding.value, scope, depth);
  if (binding.kind !== 'import-from') return undefined;
  const from = view.code.resolver.modules.resolve(scope.module, binding.module, binding.level);
  return from.kind === 'module' ? memberOf(view, from, binding.name, depth) : undefined;
}

function memberOf(view: CodeView, of: Entity, name: string, depth: number): Written | undefined {
  const { resolver } = view.code;
  switch (of.kind) {
    case 'module': {
      const [own] = resolver.exportsOf(of.module, name);
      if (own) return behind(view, own.binding, own.scope, depth);
      const [whole] = resolver.exportsOf(of.module, '=');
      const value = whole && behind(view, whole.binding, whole.scope, depth);
      if (!value || name === 'default') return value;
      const record = view.resolve(value.expression, value.scope);
      return record?.kind === 'record' ? entryOf(view, record, name, depth) : undefined;
    }
    case 'record':
      return entryOf(view, of, name, depth);
    case 'class':
    case 'object': {
      const [own] = resolver.memberBindings(of.kind === 'object' ? of.of : of, name);
      return own && behind(view, own.binding, own.scope, depth);
    }
    default:
      return undefined;
  }
}

function entryOf(view: CodeView, record: RecordEntity, name: string, depth: number): Written | undefined {
  const entry = record.expression.entries.findLast(({ key }) => key?.kind === 'string' && key.value === name);
  return entry && writtenAs(view, entry.value, record.scope, depth);
}
