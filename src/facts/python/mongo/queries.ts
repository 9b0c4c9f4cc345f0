import type { DataOrigin, Sink } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { originOf, worstOf } from '../../code/flow/flow.ts';
import { originsFor } from '../../code/flow/origin.ts';
import { QUERY } from '../../code/flow/policy.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const PACKAGES = ['pymongo', 'motor', 'flask_pymongo', 'mongoengine', 'beanie'];
const METHODS = [
  'find', 'find_one', 'update_one', 'update_many', 'delete_one', 'delete_many', 'count_documents', 'aggregate',
  'find_one_and_update', 'find_one_and_delete', 'find_one_and_replace', 'replace_one', 'distinct',
]; // prettier-ignore

/** Words in the description of an input that can hold more than text. */
const IS_JSON = /JSON|body/i;

/** Filters of document queries, and whether a caller may put operators into them. */
export default defineExtractor({
  id: 'python/mongo/queries',
  reads: [],
  produces: ['sink'],
  understands: hasPython,
  *extract({ python }): Generator<Sink> {
    if (!python.imports(...PACKAGES)) return;
    for (const site of python.callsEnding(...METHODS)) {
      const { callee, args } = site.call;
      const filter = args.find(arg => arg.name === 'filter' || arg.name === '')?.value;
      if (callee.kind !== 'attribute' || !filter || filter.kind === 'string') continue;
      if (python.nameOf(callee, site.scope).startsWith('re.')) continue;
      const values = entriesOf(python, filter, site);
      yield {
        kind: 'sink',
        at: python.at(site.scope, site.call),
        of: 'document-query',
        callee: python.textOf(site.scope, callee).replace(/\s+/g, ' ').slice(0, 40),
        origin: values ? partOrigin(python, values, site) : originsFor(python, QUERY).of(filter, site.scope),
        whole: values === undefined,
        reached: python.reached(site),
      };
    }
  },
});

/** The values of a filter that is written field by field. */
function entriesOf(
  python: PythonView,
  filter: Expression,
  site: CallSite,
): readonly Expression[] | undefined {
  if (filter.kind === 'dictionary')
    return filter.entries.every(entry => entry.key) ? filter.entries.map(entry => entry.value) : undefined;
  if (filter.kind !== 'name') return undefined;
  const found = python.code.resolver.bindings(filter.name, site.scope, filter.start);
  const [binding] = found?.bindings ?? [];
  return found?.bindings.length === 1 && binding?.kind === 'value' && binding.value.kind === 'dictionary'
    ? entriesOf(python, binding.value, site)
    : undefined;
}

/** Form fields, paths and queries are text; only JSON can hold an operator in the place of a value. */
function partOrigin(python: PythonView, values: readonly Expression[], site: CallSite): DataOrigin {
  const origins = values.map(value => originsFor(python, QUERY).of(value, site.scope));
  const risky = origins.filter(origin => origin.kind === 'input' && IS_JSON.test(origin.says));
  return worstOf(risky, originOf('checked', 'values field by field', python.at(site.scope, site.call)));
}
