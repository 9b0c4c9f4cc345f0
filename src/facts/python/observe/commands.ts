import type { FunctionDefinition } from '../../../read/syntax.ts';
import { callsIn, functionAround } from '../../code/at-start.ts';
import { isMainGuard, lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const COMMAND = /^(command|group|cli|callback|task_command|cli_command)$/;
const known = new WeakMap<PythonView, ReadonlySet<FunctionDefinition>>();

/** Functions that a person runs by hand, and those that only they call. */
function commandFunctions(python: PythonView): ReadonlySet<FunctionDefinition> {
  const before = known.get(python);
  if (before) return before;
  const found = new Set<FunctionDefinition>();
  for (const { definition, scope } of python.functions())
    if (
      definition.decorators.some(each => COMMAND.test(lastNameOf(each.kind === 'call' ? each.callee : each)))
    )
      found.add(definition);
    else if (
      /(^|\/)(management\/commands|cli|commands)(\/|\.py$)|(^|\/)(manage|cli|seed\w*)\.py$/.test(
        scope.module.path,
      )
    )
      found.add(definition);
  for (let grown = true; grown;) {
    grown = false;
    for (const definition of [...found])
      for (const site of callsIn(python, definition)) {
        const callee = python.resolve(site.call.callee, site.scope);
        if (callee?.kind !== 'function' || found.has(callee.definition)) continue;
        if (!onlyCalledBy(python, callee.definition, found)) continue;
        found.add(callee.definition);
        grown = true;
      }
  }
  known.set(python, found);
  return found;
}

const onlyCalledBy = (
  python: PythonView,
  definition: FunctionDefinition,
  callers: ReadonlySet<FunctionDefinition>,
): boolean =>
  python.callsEnding(definition.name).every(site => {
    const around = functionAround(site.scope);
    return around !== undefined && callers.has(around);
  });

/** Whether a line is written for the person who runs a command: in it, or under `if __name__ == "__main__":`. */
export function inCommand(python: PythonView, { scope, conditions }: CallSite): boolean {
  if (conditions.some(isMainGuard)) return true;
  const around = functionAround(scope);
  return around
    ? commandFunctions(python).has(around)
    : /(^|\/)(manage|cli|seed\w*)\.py$|management\/commands\//.test(scope.module.path);
}
