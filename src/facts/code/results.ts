import type { Expression, FunctionDefinition, Statement } from '../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../read/walk.ts';

/** What a function returns or yields, in the order of the text. */
export function resultsIn(definition: FunctionDefinition): readonly Expression[] {
  const results: Expression[] = [];
  for (const statement of statementsIn(definition.body)) {
    if (statement.kind === 'return' && statement.value) results.push(statement.value);
    else for (const value of yieldedIn(statement)) results.push(value);
  }
  return results;
}

function* yieldedIn(statement: Statement): Generator<Expression> {
  if (statement.kind !== 'expression' && statement.kind !== 'assign') return;
  for (const head of headOf(statement))
    for (const expression of expressionsIn(head))
      if (expression.kind === 'yield' && expression.value) yield expression.value;
}
