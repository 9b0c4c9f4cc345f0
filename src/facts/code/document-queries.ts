import type { DataOrigin, Sink } from '../../model/index.ts';
import type { Expression } from '../../read/syntax.ts';
import { originOf, worstOf } from './flow/flow.ts';
import { originsFor } from './flow/origin.ts';
import { QUERY } from './flow/policy.ts';
import type { CallSite } from './sites.ts';
import type { CodeView } from './view.ts';

/**
 * The filter of a document query, and whether a caller may put operators into it.
 * @param holdsOperators words in the description of an input that can hold more than text
 */
export function documentQuery(
  view: CodeView,
  site: CallSite,
  filter: Expression,
  holdsOperators: RegExp,
): Sink {
  const values = entriesOf(view, filter, site);
  return {
    kind: 'sink',
    at: view.at(site.scope, site.call),
    of: 'document-query',
    callee: view.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 40),
    origin: values
      ? partOrigin(view, values, site, holdsOperators)
      : originsFor(view, QUERY).of(filter, site.scope),
    whole: values === undefined,
    reached: view.reached(site),
  };
}

/** The values of a filter that is written field by field. */
function entriesOf(view: CodeView, filter: Expression, site: CallSite): readonly Expression[] | undefined {
  if (filter.kind === 'dictionary')
    return filter.entries.every(entry => entry.key) ? filter.entries.map(entry => entry.value) : undefined;
  if (filter.kind !== 'name') return undefined;
  const found = view.code.resolver.bindings(filter.name, site.scope, filter.start);
  const [binding] = found?.bindings ?? [];
  return found?.bindings.length === 1 && binding?.kind === 'value' && binding.value.kind === 'dictionary'
    ? entriesOf(view, binding.value, site)
    : undefined;
}

/** Only some of what a caller sends can hold an operator in the place of a value. */
function partOrigin(
  view: CodeView,
  values: readonly Expression[],
  site: CallSite,
  holdsOperators: RegExp,
): DataOrigin {
  const origins = values.map(value => originsFor(view, QUERY).of(value, site.scope));
  const risky = origins.filter(origin => origin.kind === 'input' && holdsOperators.test(origin.says));
  return worstOf(risky, originOf('checked', 'values field by field', view.at(site.scope, site.call)));
}
