import type { ColumnFilter } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import type { PythonView } from '../view.ts';
import { tableName } from './columns.ts';

/** The table of the class at the root of `User.query`, `session.query(User)`, `select(User)`, `db.session.query(User)`. */
function modelIn(python: PythonView, expression: Expression, scope: Scope): string | undefined {
  for (const each of expressionsIn(expression)) {
    if (each.kind !== 'name') continue;
    const entity = python.resolve(each, scope);
    if (entity?.kind === 'class') return tableName(python, entity.definition, entity.scope);
  }
  return undefined;
}

/** `User.email == email` in a filter. */
function compared(
  python: PythonView,
  expression: Expression,
  scope: Scope,
): readonly [string, string] | undefined {
  if (expression.kind !== 'binary' || expression.operator !== '==') return undefined;
  const { left } = expression;
  if (left.kind !== 'attribute') return undefined;
  const entity = python.resolve(left.object, scope);
  return entity?.kind === 'class'
    ? [tableName(python, entity.definition, entity.scope), left.name]
    : undefined;
}

/** Columns that queries of models search by. */
export default defineExtractor({
  id: 'python/sqlalchemy/filters',
  reads: [],
  produces: ['columnFilter'],
  understands: hasPython,
  *extract({ python }): Generator<ColumnFilter> {
    for (const site of python.callsEnding('filter_by', 'filter', 'where')) {
      const { call, scope } = site;
      if (call.callee.kind !== 'attribute') continue;
      const found = {
        kind: 'columnFilter',
        at: python.at(scope, call),
        reached: python.reached(site),
      } as const;
      if (call.callee.name === 'filter_by') {
        const model = modelIn(python, call.callee.object, scope);
        for (const arg of call.args)
          if (model !== undefined && arg.name !== '') yield { ...found, table: model, column: arg.name };
      } else
        for (const arg of call.args) {
          const pair = compared(python, arg.value, scope);
          if (pair) yield { ...found, table: pair[0], column: pair[1] };
        }
    }
  },
});
