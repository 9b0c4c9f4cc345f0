import type { Call, FunctionDefinition } from '../../../read/syntax.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { givenTo } from '../given-to.ts';

/** What routes, hooks and plugins are put on: the app, or what a plugin is given. */
export type Instance = Call | FunctionDefinition;

/** A chain of functions that hand an app on is a circle when it is longer. */
const DEEPEST = 8;

/**
 * The instance behind an expression: the call that makes the app, or the plugin whose parameter it is. `plugins` are
 * the functions that are registered: each is given an instance of its own.
 */
export function instanceOf(
  view: CodeView,
  { expression, scope }: Written,
  plugins: ReadonlySet<FunctionDefinition>,
  depth = 0,
): Instance | undefined {
  if (depth > DEEPEST) return undefined;
  // `app.register(a).register(b)` stays the app.
  if (expression.kind === 'call' && expression.callee.kind === 'attribute')
    return instanceOf(view, { expression: expression.callee.object, scope }, plugins, depth + 1);
  const given = expression.kind === 'name' ? givenTo(view, expression, scope) : undefined;
  if (given && plugins.has(given.definition)) return given.definition;
  if (given?.value) return instanceOf(view, given.value, plugins, depth + 1) ?? given.definition;
  const entity = view.resolve(expression, scope);
  const made = entity?.kind === 'external' ? entity.made : undefined;
  if (!made) return given?.definition;
  const { callee } = made.call;
  return callee.kind === 'attribute' && view.nameOf(callee, made.scope) !== 'fastify'
    ? instanceOf(view, { expression: callee.object, scope: made.scope }, plugins, depth + 1)
    : made.call;
}

export interface Plugin {
  readonly definition: FunctionDefinition;
  /** Made with fastify-plugin: what it does is done to the instance that it is registered on. */
  readonly isShared: boolean;
}

/** What `register` is given: an own plugin, one of a library, or something that cannot be followed. */
export function pluginOf(view: CodeView, { expression, scope }: Written): Plugin | 'library' | undefined {
  const behind = writtenAs(view, expression, scope);
  const written = behind.expression;
  if (written.kind === 'function') return { definition: written, isShared: false };
  if (written.kind === 'call' && view.nameOf(written.callee, behind.scope) === 'fastify-plugin') {
    const inner = written.args[0]?.value;
    const plugin = inner && pluginOf(view, { expression: inner, scope: behind.scope });
    return typeof plugin === 'object' ? { ...plugin, isShared: true } : plugin;
  }
  const module = written.kind === 'call' ? view.code.resolver.loadedBy(written, behind.scope) : undefined;
  if (module) return exported(view, module);
  const entity = view.resolve(written, behind.scope);
  if (entity?.kind === 'function') return { definition: entity.definition, isShared: false };
  if (entity?.kind === 'module') return exported(view, entity.module);
  return entity?.kind === 'external' ? 'library' : undefined;
}

function exported(
  view: CodeView,
  module: Parameters<CodeView['code']['resolver']['exportsOf']>[0],
): Plugin | undefined {
  const { resolver } = view.code;
  const [found] = [...resolver.exportsOf(module, 'default'), ...resolver.exportsOf(module, '=')];
  if (!found) return undefined;
  const { binding, scope } = found;
  if (binding.kind === 'function') return { definition: binding.definition, isShared: false };
  if (binding.kind !== 'value') return undefined;
  const plugin = pluginOf(view, { expression: binding.value, scope });
  return typeof plugin === 'object' ? plugin : undefined;
}

/** The value that an object has under a name, wherever the object is written down. */
export function optionOf(view: CodeView, options: Written | undefined, name: string): Written | undefined {
  if (!options) return undefined;
  const { expression, scope } = writtenAs(view, options.expression, options.scope);
  if (expression.kind !== 'dictionary') return undefined;
  for (const { key, value } of expression.entries.toReversed()) {
    if (key?.kind === 'string' && key.value === name) return { expression: value, scope };
    const spread = key ? undefined : optionOf(view, { expression: value, scope }, name);
    if (spread) return spread;
  }
  return undefined;
}

export const argumentOf = (
  { call, scope }: Pick<CallSite, 'call' | 'scope'>,
  position: number,
): Written | undefined => {
  const value = call.args[position]?.value;
  return value && { expression: value, scope };
};
