import type { Expression } from '../../read/syntax.ts';
import type { CodeView } from '../code/view.ts';
import { writtenAs, type Written } from '../code/written.ts';
import { answerOf } from './answered.ts';
import type { Layer } from './handler.ts';

/** A chain longer than this is a circle. */
const LONGEST = 24;

/** The call around a handler, and the function of the repository that it calls. */
export function wrapperOf(view: CodeView, thing: Written): Layer {
  const { expression, scope } = thing;
  const callee = expression.kind === 'call' ? view.resolve(expression.callee, scope) : undefined;
  return layer(thing, callee?.kind === 'function' ? callee : undefined);
}

const layer = (thing: Written, of: Layer['function']): Layer => ({
  ...thing,
  level: 'route',
  function: of,
  covers: 'yes',
  site: { scope: thing.scope, conditions: [] },
  asking: undefined,
});

/**
 * What runs before the function at the end of a chain, outermost first: `procedure.use(isUser).input(…).mutation(…)`,
 * wherever the beginning of the chain is written.
 */
export function stepsOf(view: CodeView, { expression, scope }: Written): readonly Layer[] {
  const steps: Layer[] = [];
  let at: Written = { expression: objectOf(expression) ?? expression, scope };
  for (let count = 0; count < LONGEST; count++) {
    at = writtenAs(view, at.expression, at.scope);
    if (at.expression.kind !== 'call') break;
    const { callee, args } = at.expression;
    const object = objectOf(at.expression);
    if (!object) break;
    const [first] = args;
    if (callee.kind === 'attribute' && callee.name === 'use' && first) {
      const thing = { expression: first.value, scope: at.scope };
      steps.unshift(layer(thing, answerOf(view, thing)?.function));
    }
    at = { expression: object, scope: at.scope };
  }
  return steps;
}

const objectOf = (expression: Expression): Expression | undefined =>
  expression.kind === 'call' && expression.callee.kind === 'attribute' ? expression.callee.object : undefined;
