import type { Expression } from '../../read/syntax.ts';
import { expressionsIn, headOf } from '../../read/walk.ts';
import type { Condition } from './scopes.ts';
import type { CallSite } from './sites.ts';

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
