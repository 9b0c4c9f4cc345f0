import type { FunctionDefinition } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';

/** How deep own functions are followed from a handler. */
const DEEPEST = 4;

/** The functions that run for some handlers: their own, what stands before them, and own functions that these call. */
export function functionsBehind(
  node: CodeView,
  isWanted: (handler: Handler) => boolean,
): ReadonlySet<FunctionDefinition> {
  const found = new Set<FunctionDefinition>();
  const visit = (of: FunctionEntity | undefined, left: number): void => {
    if (!of || found.has(of.definition)) return;
    found.add(of.definition);
    if (left === 0) return;
    for (const { call, scope } of node.code.search.callsInside(of.definition)) {
      const callee = node.resolve(call.callee, scope);
      if (callee?.kind === 'function') visit(callee, left - 1);
    }
  };
  for (const handler of nodeHandlers(node).filter(isWanted)) {
    visit(handler.function, DEEPEST);
    for (const layer of handler.before) visit(layer.function, DEEPEST);
  }
  return found;
}

/** The functions around a place, innermost first. */
export function functionsAround(scope: Scope): readonly FunctionDefinition[] {
  const own = scope.definition?.kind === 'function' ? [scope.definition] : [];
  return scope.parent ? [...own, ...functionsAround(scope.parent)] : own;
}
