import type { Truth } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';

/** Routes over which one of these decorators stands: `limiter.limit("5/minute")`. */
export function routesUnder(python: PythonView, names: readonly string[]): readonly string[] {
  return handlersOf(python).flatMap(({ route, decorators }) => {
    const isMarked = decorators.some(({ expression, scope }) => {
      const callee = expression.kind === 'call' ? expression.callee : expression;
      return names.includes(python.nameOf(callee, scope));
    });
    return isMarked && route.reached !== 'no' ? [routeName(route)] : [];
  });
}

export const worstOf = (...truths: readonly Truth[]): Truth =>
  truths.includes('yes') ? 'yes' : truths.includes('unclear') ? 'unclear' : 'no';
