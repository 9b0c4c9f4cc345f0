import { literalTexts } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Columns of the indexes that revisions add beside the models: `op.create_index("ix", "orders", ["state"])`. */
export function indexesAdded(python: PythonView): ReadonlyMap<string, readonly (readonly string[])[]> {
  const added = new Map<string, (readonly string[])[]>();
  for (const site of python.callsEnding('create_index', 'create_unique_constraint')) {
    const batch = tableOfBatch(python, site);
    const given = site.call.args.filter(arg => arg.name === '').map(arg => arg.value);
    const table = batch ?? textOf(python, given[1], site);
    const columns = batch === undefined ? given[2] : given[1];
    const term = columns && python.evaluate(columns, site.scope);
    const names = term?.kind === 'list' ? term.items.flatMap(literalTexts) : [];
    if (table !== undefined) added.set(table, [...(added.get(table) ?? []), names]);
  }
  return added;
}

const textOf = (
  python: PythonView,
  expression: Expression | undefined,
  { scope }: CallSite,
): string | undefined => expression && literalTexts(python.evaluate(expression, scope))[0];

/** `with op.batch_alter_table("orders") as batch_op:` */
function tableOfBatch(python: PythonView, site: CallSite): string | undefined {
  const { callee } = site.call;
  const entity = callee.kind === 'attribute' ? python.resolve(callee.object, site.scope) : undefined;
  if (entity?.kind !== 'external' || !entity.made || !/batch_alter_table\(\)$/.test(entity.name))
    return undefined;
  return textOf(python, entity.made.call.args[0]?.value, site);
}
