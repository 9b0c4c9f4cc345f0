import type { Expression } from '../../read/syntax.ts';
import { statementsIn } from '../../read/walk.ts';
import type { ClassEntity } from './entities.ts';
import type { Scope } from './scopes.ts';

export interface SelfAssignment {
  readonly scope: Scope;
  readonly value: Expression;
  readonly start: number;
}

/** `self.x = value` and `this.x = value` in any method; a class also through `cls.x` and `Class.x`. */
export function selfAssignmentsIn(of: ClassEntity): ReadonlyMap<string, readonly SelfAssignment[]> {
  const found = new Map<string, SelfAssignment[]>();
  const inside = of.scope.inner(of.definition);
  for (const method of of.definition.body) {
    if (method.kind !== 'function') continue;
    const self = of.scope.module.language === 'python' ? method.params[0]?.name : 'this';
    const scope = inside.inner(method);
    for (const statement of statementsIn(method.body)) {
      if (statement.kind !== 'assign' || !statement.value) continue;
      for (const target of statement.targets) {
        if (target.kind !== 'attribute' || target.object.kind !== 'name') continue;
        if (target.object.name !== self && target.object.name !== of.definition.name) continue;
        const assignment = { scope, value: statement.value, start: statement.start };
        const list = found.get(target.name);
        if (list) list.push(assignment);
        else found.set(target.name, [assignment]);
      }
    }
  }
  return found;
}
