import type { RightsChange } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { functionAround } from '../../code/at-start.ts';
import { servingFunctions } from '../serving.ts';

const RIGHTS =
  /^(role|roles|role_id|user_role|is_admin|is_staff|is_superuser|is_super_?admin|permissions?|privileges?)$/i;
/** What these keep is gone after the request, or belongs to a new object. */
const PASSING = /^(self|cls|g|session|request|req|flask|ctx|context)\b/;

/** `user.role = body["role"]` in what requests come by. */
export default defineExtractor({
  id: 'python/observe/rights-changes',
  reads: ['route'],
  produces: ['rightsChange'],
  understands: hasPython,
  *extract({ python }): Generator<RightsChange> {
    const serving = servingFunctions(python);
    for (const site of python.statements('.role', '.is_', '.user_role', '.permission', '.privilege')) {
      const { statement, scope } = site;
      const around = functionAround(scope);
      if (statement.kind !== 'assign' || !around || !serving.has(around)) continue;
      const target = statement.targets.find(each => each.kind === 'attribute' && RIGHTS.test(each.name));
      if (target?.kind !== 'attribute') continue;
      const name = python.textOf(scope, target);
      const made = python.resolve(target.object, scope);
      // An account that this very function makes is no change of another one.
      const isNew = made?.kind === 'object' && made.made?.scope === scope;
      if (PASSING.test(name) || isNew) continue;
      yield {
        kind: 'rightsChange',
        at: python.at(scope, statement),
        inside: around.name,
        name: name.slice(0, 60),
        reached: python.reached(site),
      };
    }
  },
});
