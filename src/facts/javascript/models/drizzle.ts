import type { ForeignKey } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { resultsIn } from '../../code/results.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import { chainOf } from '../../code/steps.ts';
import type { CodeView } from '../../code/view.ts';
import { nameIn, optionsOf, textIn, textsOf } from '../queries/query.ts';
import { objectAmong, type StoredModel } from './model.ts';

const TABLES = ['pgTable', 'mysqlTable', 'sqliteTable', 'singlestoreTable', 'table'];
const TABLE =
  /^drizzle-orm\/(pg|mysql|sqlite|singlestore)-core\.(?:\w+Table$|\w+TableCreator\(\)$|\w+Schema\(\)\.table$)/;
const DIALECTS: Readonly<Record<string, string>> = { pg: 'postgres', mysql: 'mysql', sqlite: 'sqlite' };

/** The object of columns, also as a function of the builders: `d => ({ id: d.integer() })`. */
function columnsIn(node: CodeView, value: Expression, scope: Scope): ReturnType<typeof optionsOf> {
  if (value.kind !== 'function') return optionsOf(node, { expression: value, scope });
  const [result] = resultsIn(value);
  return optionsOf(node, { expression: result ?? value, scope: scope.inner(value) });
}

/** `integer("user_id").references(() => users.id, { onDelete: "cascade" })` */
function addColumn(node: CodeView, model: StoredModel, key: string, value: Expression, scope: Scope): void {
  if (value.kind !== 'call') return;
  const { root, steps } = chainOf(value);
  // `d.integer()` begins with a name of the builders.
  const first = root.kind === 'call' ? root : steps.at(0)?.call;
  if (!first) return;
  const argument = first.args[0];
  const name = (argument && textIn({ expression: argument.value, scope })) || key;
  const at = node.at(scope, value);
  model.columns.push({ name, type: lastNameOf(first.callee).toLowerCase(), at });
  if (steps.some(step => /^(primaryKey|unique)$/.test(step.name))) model.indexes.push([name]);
  const reference = steps.find(step => step.name === 'references')?.call;
  if (reference) model.foreignKeys.push(referenceOf(node, reference, [name], scope, at));
}

function referenceOf(
  node: CodeView,
  call: Call,
  columns: readonly string[],
  scope: Scope,
  at: ForeignKey['at'],
): ForeignKey {
  const target = call.args[0]?.value;
  const [result] = target?.kind === 'function' ? resultsIn(target) : [];
  const of = result?.kind === 'attribute' ? tableNamed(node, result.object, scope) : '';
  return {
    at,
    columns,
    references: of,
    onDelete: textIn(objectAmong(node, call.args, scope).get('onDelete')),
  };
}

/** The table behind a name: `users` of `pgTable("app_users", …)`. */
function tableNamed(node: CodeView, expression: Expression, scope: Scope): string {
  const entity = node.resolve(expression, scope);
  const made = entity?.kind === 'external' ? entity.made : undefined;
  const first = made?.call.args[0]?.value;
  return (made && first ? textIn({ expression: first, scope: made.scope }) : '') || nameIn(expression);
}

/** `index("by_user").on(table.userId)`, `primaryKey({ columns: [table.a, table.b] })`, in a list or an object. */
function addConstraints(
  node: CodeView,
  model: StoredModel,
  keys: ReadonlyMap<string, string>,
  value: Expression,
  scope: Scope,
): void {
  if (value.kind !== 'function') return;
  const columnsOf = (expressions: readonly Expression[]): readonly string[] =>
    expressions.flatMap(each => {
      const column = expressionsIn(each).find(inner => inner.kind === 'attribute' && keys.has(inner.name));
      return column?.kind === 'attribute' ? [keys.get(column.name) ?? column.name] : [];
    });
  for (const result of resultsIn(value))
    for (const each of expressionsIn(result)) {
      if (each.kind !== 'call') continue;
      const word = lastNameOf(each.callee);
      const args = each.args.map(arg => arg.value);
      const inner = scope.inner(value);
      const listed = objectAmong(node, each.args, inner).get('columns')?.expression;
      const items = listed?.kind === 'collection' ? listed.items : args;
      if (/^(on|using|primaryKey)$/.test(word)) model.indexes.push(columnsOf(items));
      if (word === 'foreignKey')
        model.foreignKeys.push({
          at: node.at(inner, each),
          columns: columnsOf(items),
          references: '',
          onDelete: onDeleteAround(result, each, inner),
        });
    }
}

/** `.onDelete("cascade")` behind a foreign key. */
function onDeleteAround(around: Expression, key: Call, scope: Scope): string {
  const found = expressionsIn(around).find(
    each =>
      each.kind === 'call' &&
      each.callee.kind === 'attribute' &&
      each.callee.name === 'onDelete' &&
      each.start <= key.start &&
      key.end <= each.end,
  );
  return found?.kind === 'call'
    ? (textsOf({ expression: found.args[0]?.value ?? found, scope })[0] ?? '')
    : '';
}

function modelOf(node: CodeView, site: CallSite, dialect: string): StoredModel | undefined {
  const { call, scope, statement } = site;
  const [name, columns, more] = call.args.map(({ value }) => value);
  if (!name || !columns) return undefined;
  const [target] = statement.kind === 'assign' ? statement.targets : [];
  const table = textIn({ expression: name, scope });
  const model: StoredModel = {
    at: node.at(scope, call),
    name: nameIn(target) || table,
    table,
    isRelational: true,
    dialect,
    columns: [],
    foreignKeys: [],
    indexes: [],
    hidden: [],
    reached: node.reached(site),
  };
  const described = columnsIn(node, columns, scope);
  const keys = new Map<string, string>();
  for (const key of described.keys) {
    const column = described.get(key);
    if (!column) continue;
    const before = model.columns.length;
    addColumn(node, model, key, column.expression, column.scope);
    keys.set(key, model.columns[before]?.name ?? key);
  }
  if (more) addConstraints(node, model, keys, more, scope);
  return table === '' ? undefined : model;
}

/** Tables of Drizzle. */
export function drizzleModels(node: CodeView): readonly StoredModel[] {
  if (!node.imports('drizzle-orm')) return [];
  const own = node
    .callsEnding('pgTableCreator', 'mysqlTableCreator', 'sqliteTableCreator')
    .flatMap(({ statement }) => {
      const [target] = statement.kind === 'assign' ? statement.targets : [];
      return nameIn(target) || [];
    });
  return node.callsEnding(...TABLES, ...own).flatMap(site => {
    const [, dialect = ''] = TABLE.exec(node.nameOf(site.call.callee, site.scope)) ?? [];
    return dialect === '' ? [] : (modelOf(node, site, DIALECTS[dialect] ?? '') ?? []);
  });
}
