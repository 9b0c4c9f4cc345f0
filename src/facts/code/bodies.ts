import type { Expression, FunctionDefinition } from '../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../read/walk.ts';
import type { FunctionEntity } from './entities.ts';
import type { Scope } from './scopes.ts';
import type { CodeView } from './view.ts';

/** A function that runs while a request is handled. */
export interface Body {
  readonly definition: FunctionDefinition;
  /** The scope of its inside. */
  readonly scope: Scope;
}

/** A function, the functions that stand inside its expressions, and the own functions that they call, to this depth. */
export function bodiesOf(view: CodeView, of: FunctionEntity, depth = 3): readonly Body[] {
  const found = new Map<FunctionDefinition, Body>();
  const visit = (definition: FunctionDefinition, scope: Scope, left: number): void => {
    if (found.has(definition)) return;
    const inside = scope.inner(definition);
    found.set(definition, { definition, scope: inside });
    for (const expression of expressionsOf({ definition, scope: inside })) {
      if (expression.kind === 'function') visit(expression, inside, left);
      if (expression.kind !== 'call' || left === 0) continue;
      const callee = view.resolve(expression.callee, inside);
      if (callee?.kind === 'function') visit(callee.definition, callee.scope, left - 1);
    }
  };
  visit(of.definition, of.scope, depth);
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
