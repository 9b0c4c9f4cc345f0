import type { ForeignKey, SchemaTable, TableColumn } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import type { Call, ClassDefinition, Expression } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { columnOf, constraintOf, indexColumns, makes, tableName } from './columns.ts';
import { indexesAdded } from './revisions.ts';
import { cascadesIn, type Cascade } from './relationships.ts';

/** A class with columns, or a `Table(…)`. */
interface Model {
  readonly name: string;
  readonly className: string;
  readonly site: CallSite;
  readonly at: SchemaTable['at'];
  readonly columns: TableColumn[];
  readonly foreignKeys: ForeignKey[];
  /** Columns of each key and index. */
  readonly indexes: (readonly string[])[];
}

/** The name that a call in the body of a class is assigned to; empty elsewhere. */
function attributeOf({ statement, scope, call }: CallSite): string {
  if (scope.kind !== 'class' || statement.kind !== 'assign' || statement.value !== call) return '';
  const [target] = statement.targets;
  return target?.kind === 'name' ? target.name : '';
}

function addColumn(
  python: PythonView,
  model: Model,
  call: Call,
  scope: Scope,
  name: string,
  annotation?: Expression,
): void {
  const { column, foreignKeys, isIndexed } = columnOf(python, call, scope, name, annotation);
  model.columns.push(column);
  model.foreignKeys.push(...foreignKeys);
  if (isIndexed) model.indexes.push([name]);
}

const firstText = (python: PythonView, call: Call, scope: Scope): string => {
  const first = call.args.find(arg => arg.name === '' && arg.spread === '')?.value;
  return (first && literalTexts(python.evaluate(first, scope))[0]) ?? '';
};

function* modelsIn(python: PythonView): Generator<Model> {
  const classes = new Map<ClassDefinition, Model>();
  for (const site of python.callsEnding('Column', 'mapped_column', 'Field')) {
    const attribute = attributeOf(site);
    const { definition } = site.scope;
    if (attribute === '' || definition?.kind !== 'class') continue;
    if (!makes(python, site.call, site.scope, 'Column', 'mapped_column', 'Field')) continue;
    const known = classes.get(definition);
    const model = known ?? {
      name: tableName(python, definition, site.scope),
      className: definition.name,
      site,
      at: python.at(site.scope, definition.head),
      columns: [],
      foreignKeys: [],
      indexes: [],
    };
    if (!known) classes.set(definition, model);
    const annotation = site.statement.kind === 'assign' ? site.statement.annotation : undefined;
    addColumn(python, model, site.call, site.scope, ownName(python, site) || attribute, annotation);
  }
  for (const site of python.callsEnding(
    'Index',
    'UniqueConstraint',
    'PrimaryKeyConstraint',
    'ForeignKeyConstraint',
  )) {
    const model = modelAround(python, site, classes);
    if (
      !model ||
      !makes(
        python,
        site.call,
        site.scope,
        'Index',
        'UniqueConstraint',
        'PrimaryKeyConstraint',
        'ForeignKeyConstraint',
      )
    )
      continue;
    if (/ForeignKey/.test(python.textOf(site.scope, site.call.callee)))
      model.foreignKeys.push(constraintOf(python, site.call, site.scope));
    else model.indexes.push(indexColumns(python, site.call, site.scope));
  }
  // A schema class for requests has fields too: without a key it is no table.
  yield* [...classes.values()].filter(model => model.indexes.length > 0 || model.foreignKeys.length > 0);
  yield* coreTables(python);
}

/** `Column("user", ForeignKey(…))` under another name in the table. */
const ownName = (python: PythonView, { call, scope }: CallSite): string =>
  call.args[0]?.value.kind === 'string' ? firstText(python, call, scope) : '';

/** The model in whose class an index stands, or whose columns it names: `Index("ix", Order.state)`. */
function modelAround(
  python: PythonView,
  { call, scope }: CallSite,
  classes: ReadonlyMap<ClassDefinition, Model>,
): Model | undefined {
  for (let each: Scope | undefined = scope; each; each = each.parent)
    if (each.definition?.kind === 'class') return classes.get(each.definition);
  const column = call.args[1]?.value;
  const owner = column?.kind === 'attribute' ? python.resolve(column.object, scope) : undefined;
  return owner?.kind === 'class' ? classes.get(owner.definition) : undefined;
}

const isCall = (expression: Expression): expression is Call => expression.kind === 'call';

/** `Table("orders", metadata, Column("id", Integer, primary_key=True), …)` */
function* coreTables(python: PythonView): Generator<Model> {
  for (const site of python.callsEnding('Table')) {
    const { call, scope } = site;
    if (!makes(python, call, scope, 'Table')) continue;
    const model: Model = {
      name: firstText(python, call, scope),
      className: '',
      site,
      at: python.at(scope, call),
      columns: [],
      foreignKeys: [],
      indexes: [],
    };
    for (const inner of call.args.map(arg => arg.value).filter(isCall))
      if (makes(python, inner, scope, 'Column'))
        addColumn(python, model, inner, scope, firstText(python, inner, scope));
      else if (makes(python, inner, scope, 'ForeignKeyConstraint'))
        model.foreignKeys.push(constraintOf(python, inner, scope));
      else if (makes(python, inner, scope, 'Index', 'UniqueConstraint', 'PrimaryKeyConstraint'))
        model.indexes.push(indexColumns(python, inner, scope));
    if (model.name !== '' && model.columns.length > 0) yield model;
  }
}

/** The rule of the database, else what a relationship between the two classes does when one is deleted. */
function withRule(
  key: ForeignKey,
  model: Model,
  tables: ReadonlyMap<string, string>,
  cascades: readonly Cascade[],
): ForeignKey {
  const references = key.references.startsWith('class ')
    ? (tables.get(key.references.slice('class '.length)) ?? '')
    : key.references;
  const cascade = cascades.find(each => each.to === model.className && tables.get(each.from) === references);
  return { ...key, references, onDelete: key.onDelete || (cascade ? `a cascade of ${cascade.from}` : '') };
}

/** Tables of models and of `Table(…)`. */
export default defineExtractor({
  id: 'python/sqlalchemy/tables',
  reads: [],
  produces: ['schemaTable'],
  understands: hasPython,
  *extract({ python }) {
    const models = [...modelsIn(python)];
    const tables = new Map(models.map(({ className, name }) => [className, name]));
    const cascades = cascadesIn(python);
    const added = indexesAdded(python);
    for (const model of models) {
      const { definition } = model.site.scope;
      yield {
        kind: 'schemaTable',
        at: model.at,
        name: model.name,
        from: 'code',
        dialect: '',
        columns: model.columns,
        foreignKeys: model.foreignKeys.map(key => withRule(key, model, tables, cascades)),
        indexed: [...model.indexes, ...(added.get(model.name) ?? [])].map(([first = '']) => first),
        inIndexes: [...model.indexes, ...(added.get(model.name) ?? [])].flat(),
        indexesForeignKeys: 'unclear',
        // A class is made with its module, and a model is a table by that alone.
        reached:
          definition?.kind === 'class'
            ? python.reach.reachesModule(model.site.scope.module)
            : python.reached(model.site),
      };
    }
  },
});
