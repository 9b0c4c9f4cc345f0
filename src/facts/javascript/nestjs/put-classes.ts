import type { ClassEntity } from '../../code/entities.ts';
import { resultsIn } from '../../code/results.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { behind, type Filled } from './filled.ts';

/** A chain of factories longer than this is a circle. */
const DEEPEST = 4;

/**
 * The own class of a guard, filter or interceptor, however it is handed over: as it is, made with `new`, by a
 * factory, or as the one that the container holds, `app.get(JwtGuard)`.
 */
export function classPut(view: CodeView, given: Filled, depth = 0): ClassEntity | undefined {
  const found = behind(view, given);
  if (found === 'absent' || depth > DEEPEST) return undefined;
  const { expression, scope } = found;
  if (expression.kind === 'function') {
    const [result] = resultsIn(expression);
    const made = result && { ...found, expression: result, scope: scope.inner(expression) };
    return made && classPut(view, made, depth + 1);
  }
  const [first] =
    expression.kind === 'call' && lastNameOf(expression.callee) === 'get' ? expression.args : [];
  const held = first && view.resolve(first.value, scope);
  const entity = held?.kind === 'class' ? held : view.resolve(expression, scope);
  return entity?.kind === 'class' ? entity : entity?.kind === 'object' ? entity.of : undefined;
}
