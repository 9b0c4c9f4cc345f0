import type { Term } from '../../../model/index.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { failOpenIn } from '../../code/fail-open.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { refusalIn } from './refusals.ts';
import { refusesIn } from './words.ts';

/** A branch that only lets the caller by: `return view(…)`, `return True`, a bare `return`. */
const letsBy = (body: readonly Statement[]): boolean => {
  const [first] = body;
  if (body.length !== 1 || first?.kind !== 'return') return false;
  const { value } = first;
  if (!value) return true;
  if (value.kind === 'constant') return value.value === true || value.value === null;
  return (
    (value.kind === 'call' || (value.kind === 'await' && value.value.kind === 'call')) &&
    [...expressionsIn(value)].some(
      each => each.kind === 'spread' || (each.kind === 'call' && each.args.some(arg => arg.spread !== '')),
    )
  );
};

/** `request.headers.get("X-API-Key")`: what it comes to when the caller sends nothing. */
function sentNothing(python: CodeView, expression: Expression, scope: Scope): Term | 'nothing' | undefined {
  let each = expression;
  if (each.kind === 'name') {
    const found = python.code.resolver.bindings(each.name, scope, each.start)?.bindings ?? [];
    const [only] = found;
    if (found.length !== 1 || only?.kind !== 'value') return undefined;
    each = only.value;
  }
  if (each.kind !== 'call' || each.callee.kind !== 'attribute' || each.callee.name !== 'get')
    return undefined;
  const { object } = each.callee;
  if (object.kind !== 'attribute' || !/^(headers|cookies|args|query_params)$/.test(object.name))
    return undefined;
  const fallback = each.args[1]?.value;
  return fallback ? python.evaluate(fallback, scope) : 'nothing';
}

/** Guards that pass when what they need is missing. */
export default defineExtractor({
  id: 'python/access/fail-open',
  reads: ['envRead'],
  produces: ['failOpen'],
  understands: hasPython,
  *extract({ python, facts }) {
    for (const { definition, scope } of python.functions()) {
      if (scope.kind !== 'module' || python.reachesDefinition(definition) === 'no') continue;
      const of: FunctionEntity = { kind: 'function', definition, scope, self: undefined };
      if (!/\bif\b/.test(python.textOf(scope, definition)) || !refusalIn(python, of)) continue;
      yield* failOpenIn(python, facts, { letsBy, refuses: refusesIn, sentNothing }, of);
    }
  },
});
