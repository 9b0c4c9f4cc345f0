import type { Expression, Statement } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import type { PythonView } from '../view.ts';

/** Whether a block ends what runs: `raise`, `sys.exit()`, `abort()`, `quit()`. */
export const stops = (body: readonly Statement[]): boolean =>
  [...statementsIn(body)].some(
    statement =>
      statement.kind === 'raise' ||
      (statement.kind === 'expression' &&
        statement.value.kind === 'call' &&
        /^(exit|_exit|quit|abort)$/.test(nameIn(statement.value.callee))),
  );

const nameIn = (expression: Expression): string =>
  expression.kind === 'name' || expression.kind === 'attribute' ? expression.name : '';

/** Names, members and keys that an expression speaks of. */
function* wordsIn(expression: Expression): Generator<string> {
  for (const each of expressionsIn(expression)) {
    if (each.kind === 'name' || each.kind === 'attribute') yield each.name;
    if (each.kind === 'string') yield each.value;
  }
}

/** Whether a test asks for the absence of something: `not x`, `x is None`, `x == ""`, `"K" not in os.environ`. */
const asksForAbsence = (test: Expression): boolean =>
  [...expressionsIn(test)].some(
    each =>
      (each.kind === 'unary' && each.operator === 'not') ||
      (each.kind === 'binary' && ['is', '==', 'not in', 'in', '<'].includes(each.operator)),
  );

/** Whether code that production reaches raises or exits when one of these names has no value. */
export function isCheckedAtStart(python: PythonView, ...names: readonly string[]): boolean {
  const wanted = new Set(names.map(name => name.split('.').at(-1) ?? name));
  return python.statements().some(({ statement, scope, conditions }) => {
    if (statement.kind === 'assert')
      return (
        [...wordsIn(statement.test)].some(word => wanted.has(word)) &&
        python.reached({ scope, conditions }) !== 'no'
      );
    if (statement.kind !== 'if' || !asksForAbsence(statement.test)) return false;
    if (![...wordsIn(statement.test)].some(word => wanted.has(word))) return false;
    return stops(statement.body) && python.reached({ scope, conditions }) !== 'no';
  });
}
