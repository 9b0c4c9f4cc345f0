import type { Expression, FunctionDefinition, Statement } from '../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../read/walk.ts';
import { chainOf } from './steps.ts';

/** What a function returns or yields, in the order of the text. */
export function resultsIn(definition: FunctionDefinition): readonly Expression[] {
  const results: Expression[] = [];
  for (const statement of statementsIn(definition.body)) {
    if (statement.kind === 'return' && statement.value) results.push(statement.value);
    else for (const value of yieldedIn(statement)) results.push(value);
  }
  return results;
}

/** Those of them that stand in one case of several that what is given chooses. */
export function chosenIn({ body, params }: FunctionDefinition): ReadonlySet<Expression> {
  const given = new Set(params.map(({ name }) => name));
  const chosen = new Set<Expression>();
  for (const statement of statementsIn(body)) {
    if (statement.kind !== 'match' || statement.cases.length < 2) continue;
    const { root } = chainOf(statement.subject);
    if (root.kind !== 'name' || !given.has(root.name)) continue;
    for (const each of statement.cases)
      for (const inner of statementsIn(each.body))
        if (inner.kind === 'return' && inner.value) chosen.add(inner.value);
  }
  return chosen;
}

function* yieldedIn(statement: Statement): Generator<Expression> {
  if (statement.kind !== 'expression' && statement.kind !== 'assign') return;
  for (const head of headOf(statement))
    for (const expression of expressionsIn(head))
      if (expression.kind === 'yield' && expression.value) yield expression.value;
}
