import type { FunctionEntity } from '../../code/entities.ts';
import type { PythonView } from '../view.ts';

/** What a guard reads of a request. The first group is the name of what it reads. */
const READS: readonly (readonly [string, RegExp])[] = [
  ['header', /\b(?:headers|META)\s*(?:\.get(?:list|one)?\(\s*|\[\s*)["']?([\w.-]+)/g],
  ['header', /\b(\w+)\s*:[^,=]*=\s*Header\(/g],
  ['header', /\b(\w+)\s*:\s*Annotated\[[^,]+,\s*Header\(/g],
  ['header', /\brequest\.(authorization)\b/g],
  ['cookie', /\bcookies\s*(?:\.get\(\s*|\[\s*)["']?([\w.-]+)/g],
  ['parameter', /\b(?:args|values|query_params)\s*(?:\.get\(\s*|\[\s*)["']?([\w.-]+)/g],
];

/**
 * What somebody has to bring to pass a guard, as far as its text and that of the own functions that it calls
 * tells: `header x-api-key`. Empty where it cannot be told.
 */
export function askedBy(python: PythonView, of: FunctionEntity): ReadonlySet<string> {
  const asked = new Set<string>();
  const seen = new Set<FunctionEntity['definition']>();
  const visit = (each: FunctionEntity, left: number): void => {
    if (seen.has(each.definition)) return;
    seen.add(each.definition);
    const text = python.textOf(each.scope, each.definition);
    for (const [what, pattern] of READS)
      for (const [, name = ''] of text.matchAll(pattern))
        asked.add(`${what} ${name.toLowerCase().replaceAll('_', '-')}`);
    if (left === 0) return;
    for (const { call, scope } of python.code.search.callsInside(each.definition)) {
      const callee = python.resolve(call.callee, scope);
      if (callee?.kind === 'function') visit(callee, left - 1);
    }
  };
  visit(of, 2);
  return asked;
}
