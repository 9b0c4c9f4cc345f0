import type { Expression, Span } from '../syntax.ts';

type Logical = Extract<Expression, { kind: 'logical' }>;

/**
 * `not` binds more closely than `and` and `or`. The grammar reads `not a or b` as `not (a or b)`; here the
 * negation goes to the first operand. What stands in parentheses is given as `bare: false`.
 */
export function negation(operand: Expression, isBare: (part: Expression) => boolean, span: Span): Expression {
  return operand.kind === 'logical' && isBare(operand)
    ? {
        ...operand,
        ...span,
        left: negation(operand.left, isBare, { start: span.start, end: operand.left.end }),
      }
    : { kind: 'unary', operator: 'not', operand, ...span };
}

/** `a and not b or c`: the grammar hangs `or c` into the right side, Python does not. */
export function logical(
  operator: Logical['operator'],
  left: Expression,
  right: Expression,
  isRightNegated: boolean,
  span: Span,
): Expression {
  if (operator === 'and' && isRightNegated && right.kind === 'logical' && right.operator === 'or') {
    const first = logical('and', left, right.left, true, { start: span.start, end: right.left.end });
    return { ...right, ...span, left: first };
  }
  return { kind: 'logical', operator, left, right, ...span };
}
