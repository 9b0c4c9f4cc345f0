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

const checked = new WeakMap<PythonView, ReadonlySet<string>>();

/** Every word that a test speaks of whose failure ends the program, in code that production reaches. */
function checkedWords(python: PythonView): ReadonlySet<string> {
  const before = checked.get(python);
  if (before) return before;
  const words = new Set<string>();
  for (const { statement, scope, conditions } of python.statements('raise', 'exit', 'assert', 'abort')) {
    if (statement.kind !== 'assert' && statement.kind !== 'if') continue;
    if (statement.kind === 'if' && !(asksForAbsence(statement.test) && stops(statement.body))) continue;
    if (python.reached({ scope, conditions }) === 'no') continue;
    for (const word of wordsIn(statement.test)) words.add(word);
  }
  checked.set(python, words);
  return words;
}

/** Whether code that production reaches raises or exits when one of these names has no value. */
export function isCheckedAtStart(python: PythonView, ...names: readonly string[]): boolean {
  const words = checkedWords(python);
  return names.some(name => words.has(name.split('.').at(-1) ?? name));
}
