import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';

/** A function that runs while a request is handled. */
export interface Body {
  readonly definition: FunctionDefinition;
  /** The scope of its inside. */
  readonly scope: Scope;
}

/** A function and the own functions that it calls, to this depth. */
export function bodiesOf(python: PythonView, of: FunctionEntity, depth = 3): readonly Body[] {
  const found = new Map<FunctionDefinition, Body>();
  const visit = ({ definition, scope }: FunctionEntity, left: number): void => {
    if (found.has(definition)) return;
    const inside = scope.inner(definition);
    found.set(definition, { definition, scope: inside });
    if (left === 0) return;
    for (const expression of expressionsOf({ definition, scope: inside })) {
      if (expression.kind !== 'call') continue;
      const callee = python.resolve(expression.callee, inside);
      if (callee?.kind === 'function') visit(callee, left - 1);
    }
  };
  visit(of, depth);
  return [...found.values()];
}

/** All expressions of a function, without those of functions inside it. */
export function* expressionsOf({ definition }: Body): Generator<Expression> {
  for (const statement of statementsIn(definition.body))
    for (const head of headOf(statement)) yield* expressionsIn(head);
}

export const wordOf = (expression: Expression): string => {
  if (expression.kind === 'call') return wordOf(expression.callee);
  return expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '';
};
