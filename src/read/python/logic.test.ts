import { expect, test } from 'vitest';
import type { Expression } from '../syntax.ts';
import { parseCode } from '../code/parse.ts';

/** With parentheses around everything. */
function full(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'unary':
      return `(${expression.operator} ${full(expression.operand)})`;
    case 'logical':
    case 'binary':
      return `(${full(expression.left)} ${expression.operator} ${full(expression.right)})`;
    default:
      return expression.kind;
  }
}

const cases: readonly (readonly [string, string])[] = [
  ['not a or b', '((not a) or b)'],
  ['not a or not b', '((not a) or (not b))'],
  ['not (a or b)', '(not (a or b))'],
  ['not (a or b) and c', '((not (a or b)) and c)'],
  ['not a in b or c', '((not (a in b)) or c)'],
  ['not a and not b or c', '(((not a) and (not b)) or c)'],
  ['a and not b or c or d', '(((a and (not b)) or c) or d)'],
  ['a or not b and c', '(a or ((not b) and c))'],
  ['a and not (b or c)', '(a and (not (b or c)))'],
  ['a and not b == c', '(a and (not (b == c)))'],
  ['not not a or b', '((not (not a)) or b)'],
];

test.each(cases)('%s', async (text, expected) => {
  const [tree] = await parseCode([{ path: 'a.py', text: `${text}\n`, role: 'production', tracked: 'yes' }]);
  const [statement] = tree?.body ?? [];
  expect(statement?.kind === 'expression' && full(statement.value)).toBe(expected);
});
