import type { Expression, Statement } from '../../read/syntax.ts';
import { expressionsIn, headOf } from '../../read/walk.ts';
import { leaves } from './flow/guards.ts';
import type { Condition, Scope } from './scopes.ts';
import { isMainGuard, type CallSite } from './sites.ts';

/** The conditions around a call, those of `a if test else b` too. */
export function conditionsOf({ call, statement, conditions }: CallSite): readonly Condition[] {
  const holds = ({ start, end }: Expression) => start <= call.start && call.end <= end;
  const inline = headOf(statement).flatMap(head =>
    expressionsIn(head).flatMap((each): Condition[] => {
      if (each.kind !== 'conditional') return [];
      if (holds(each.then)) return [{ kind: 'if', test: each.test, holds: true }];
      return holds(each.otherwise) ? [{ kind: 'if', test: each.test, holds: false }] : [];
    }),
  );
  return [...conditions, ...inline];
}

/** The statements among which something stands: those of its function, else of its module. */
function bodyAround(scope: Scope): readonly Statement[] {
  for (let each: Scope | undefined = scope; each; each = each.parent)
    if (each.definition?.kind === 'function') return each.definition.body;
  return scope.module.tree.body;
}

/** `if (process.env.NODE_ENV === "production") process.exit(1);` among these statements, before a place. */
export const mayEndBefore = (body: readonly Statement[], place: number): boolean =>
  body.some(each => each.kind === 'if' && each.end <= place && leaves(each.body));

/** Whether something is asked before it is run: by a condition around it, or one before that ends the function. */
export const isGuarded = ({ call, scope, conditions }: CallSite): boolean =>
  conditions.some(each => each.kind !== 'loop' && !isMainGuard(each)) ||
  mayEndBefore(bodyAround(scope), call.start);
