import type { Call, Expression } from '../../read/syntax.ts';

/** One link of a chain: `.filter(…)`, `.items`. */
export interface Step {
  readonly name: string;
  readonly call: Call | undefined;
  /** What stands before it. */
  readonly object: Expression;
}

export const plain = (expression: Expression): Expression =>
  expression.kind === 'await' || expression.kind === 'spread' ? plain(expression.value) : expression;

/** A chain from its first link to its last, and what stands before all of them. */
export function chainOf(expression: Expression): {
  readonly root: Expression;
  readonly steps: readonly Step[];
} {
  const steps: Step[] = [];
  let each = plain(expression);
  for (;;) {
    if (each.kind === 'call' && each.callee.kind === 'attribute') {
      steps.unshift({ name: each.callee.name, call: each, object: each.callee.object });
      each = plain(each.callee.object);
    } else if (each.kind === 'attribute') {
      steps.unshift({ name: each.name, call: undefined, object: each.object });
      each = plain(each.object);
    } else return { root: each, steps };
  }
}
