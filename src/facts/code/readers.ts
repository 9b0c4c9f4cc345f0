import type { Term } from '../../model/index.ts';
import type { Expression, Statement } from '../../read/syntax.ts';
import { statementsIn } from '../../read/walk.ts';

/** What a function gives when nobody sets anything, and the variable that decides over it, if one does. */
export interface Decided {
  readonly value: Expression;
  readonly by: Extract<Term, { kind: 'env' }> | undefined;
}

/**
 * Follows the tests of a function that reads a setting, `if text in ("yes", "true"): return True`, to the one value
 * that it returns by default; `undefined` where a test cannot be told.
 */
export function decidedIn(
  body: readonly Statement[],
  evaluate: (expression: Expression) => Term,
): Decided | undefined {
  const found = follow(body, evaluate, undefined);
  return found === 'open' || found === 'goes on' ? undefined : found;
}

function follow(
  body: readonly Statement[],
  evaluate: (expression: Expression) => Term,
  by: Decided['by'],
): Decided | 'open' | 'goes on' {
  let variable = by;
  for (const statement of body) {
    if (statement.kind === 'return')
      return statement.value ? { value: statement.value, by: variable } : 'open';
    if (statement.kind === 'raise') return 'open';
    if (statement.kind !== 'if') {
      if (mayLeave(statement)) return 'open';
      continue;
    }
    const test = evaluate(statement.test);
    const holds = truthOf(test);
    if (holds === undefined) return 'open';
    if (test.kind === 'env') variable ??= test;
    const inner = follow(holds ? statement.body : statement.otherwise, evaluate, variable);
    if (inner !== 'goes on') return inner;
  }
  return 'goes on';
}

const mayLeave = (statement: Statement): boolean =>
  statement.kind !== 'function' &&
  statement.kind !== 'class' &&
  [...statementsIn([statement])].some(({ kind }) => kind === 'return' || kind === 'raise');

function truthOf(test: Term): boolean | undefined {
  if (test.kind === 'literal') return Boolean(test.value);
  return test.kind === 'env' && test.fallback?.kind === 'literal' ? Boolean(test.fallback.value) : undefined;
}
