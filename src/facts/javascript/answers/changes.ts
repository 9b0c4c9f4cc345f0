import type { Expression, Statement } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import { functionAround } from '../../code/at-start.ts';
import type { Binding, Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';

/** `{ ...user, password: undefined, author: short(user.author) }`: what is written after it takes its place. */
export const overridden = (
  { entries }: Extract<Expression, { kind: 'dictionary' }>,
  spread: number,
): readonly string[] =>
  entries.flatMap(({ key, value }, at) =>
    key?.kind === 'string' && (at > spread || isNothing(value)) ? [key.value] : [],
  );

const isNothing = (value: Expression | undefined): boolean =>
  (value?.kind === 'constant' && value.value === null) ||
  (value?.kind === 'name' && value.name === 'undefined');

const bodyOf = (scope: Scope): readonly Statement[] => functionAround(scope)?.body ?? scope.module.tree.body;

/** `delete user.password`, `user.password = undefined`, `const { password, ...rest } = user`. */
export function takenOut(name: string, binding: Binding, scope: Scope): readonly string[] {
  const found: string[] = [];
  const isOfName = (target: Expression): target is Extract<Expression, { kind: 'attribute' }> =>
    target.kind === 'attribute' && rootOf(target.object) === name;
  for (const statement of statementsIn(bodyOf(scope))) {
    if (statement.kind === 'delete')
      found.push(...statement.targets.filter(isOfName).map(target => target.name));
    if (statement.kind === 'expression') found.push(...takenBy(statement.value, name));
    if (statement.kind !== 'assign') continue;
    if (isNothing(statement.value))
      found.push(...statement.targets.filter(isOfName).map(target => target.name));
    const isHere = statement.start <= binding.start && binding.start <= statement.end;
    if (isHere) for (const target of statement.targets) found.push(...besideRest(target, name));
  }
  return found;
}

/** `Reflect.deleteProperty(user, "password")`, `_.unset(user, "password")` */
function takenBy(expression: Expression, name: string): readonly string[] {
  if (expression.kind !== 'call' || !/^(deleteProperty|unset)$/.test(lastNameOf(expression.callee)))
    return [];
  const [object, key] = expression.args;
  return object && key?.value.kind === 'string' && rootOf(object.value) === name ? [key.value.value] : [];
}

const rootOf = (expression: Expression): string => {
  if (expression.kind === 'name') return expression.name;
  return expression.kind === 'attribute' || expression.kind === 'subscript' ? rootOf(expression.object) : '';
};

const besideRest = (target: Expression, name: string): readonly string[] => {
  if (target.kind !== 'dictionary') return [];
  const isRest = target.entries.some(
    ({ key, value }) =>
      !key &&
      (value.kind === 'name' ? value.name === name : value.kind === 'spread' && rootOf(value.value) === name),
  );
  return isRest ? target.entries.flatMap(({ key }) => (key?.kind === 'string' ? [key.value] : [])) : [];
};

/** What is put into a list one by one: `found.push(order)`. */
export function pushedTo(name: string, scope: Scope): readonly Expression[] {
  return [...statementsIn(bodyOf(scope))].flatMap(statement => {
    if (statement.kind !== 'expression' || statement.value.kind !== 'call') return [];
    const { callee, args } = statement.value;
    return callee.kind === 'attribute' && callee.name === 'push' && rootOf(callee.object) === name
      ? args.map(({ value }) => value)
      : [];
  });
}

/** Whether the elements of a loop are put into something one after the other. */
export const isCollected = (binding: Binding, scope: Scope): boolean =>
  [...statementsIn(bodyOf(scope))].some(
    statement =>
      statement.kind === 'for' &&
      statement.start <= binding.start &&
      binding.start <= statement.end &&
      [...statementsIn(statement.body)].some(
        each =>
          each.kind === 'expression' &&
          each.value.kind === 'call' &&
          lastNameOf(each.value.callee) === 'push',
      ),
  );
