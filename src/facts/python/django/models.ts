import type { ForeignKey, SchemaTable, TableColumn } from '../../../model/index.ts';
import type { Call, ClassDefinition, Statement } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const FIELD = /^django\.db\.models(\.\w+)*\.(\w+)$/;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly call: Call;
}

function* fieldsIn(python: PythonView, body: readonly Statement[], scope: Scope): Generator<Field> {
  for (const statement of body) {
    if (statement.kind !== 'assign' || statement.value?.kind !== 'call') continue;
    const [target] = statement.targets;
    const type = FIELD.exec(python.nameOf(statement.value.callee, scope))?.[2];
    if (target?.kind === 'name' && type) yield { name: target.name, type, call: statement.value };
  }
}

const says = (python: PythonView, { call }: Field, scope: Scope, name: string): unknown => {
  const given = call.args.find(arg => arg.name === name);
  const term = given && python.evaluate(given.value, scope);
  return term?.kind === 'literal' ? term.value : undefined;
};

const isKey = (type: string): boolean => type === 'ForeignKey' || type === 'OneToOneField';

/** A key to another model has an index and a rule unless the model says otherwise. */
function foreignKeyOf(python: PythonView, field: Field, scope: Scope): ForeignKey {
  const target = field.call.args.find(arg => arg.name === '' || arg.name === 'to')?.value;
  const rule =
    field.call.args.find(arg => arg.name === 'on_delete')?.value ??
    field.call.args.filter(arg => arg.name === '')[1]?.value;
  return {
    at: python.at(scope, field.call),
    columns: [field.name],
    references: target?.kind === 'string' ? target.value : target ? lastNameOf(target) : '',
    onDelete: rule ? lastNameOf(rule) || 'given' : '',
  };
}

const hasIndex = (python: PythonView, field: Field, scope: Scope): boolean =>
  ['db_index', 'unique', 'primary_key'].some(word => says(python, field, scope, word) === true) ||
  (isKey(field.type) && says(python, field, scope, 'db_index') !== false);

/** Columns that the `Meta` of a model puts into indexes and constraints. */
function metaIndexes(python: PythonView, definition: ClassDefinition, scope: Scope): readonly string[] {
  const meta = definition.body.find(each => each.kind === 'class' && each.name === 'Meta');
  if (!meta) return [];
  return [...python.textOf(scope, meta).matchAll(/["']-?(\w+)["']/g)].map(([, name = '']) => name);
}

/** Tables of models. */
export default defineExtractor({
  id: 'python/django/models',
  reads: [],
  produces: ['schemaTable'],
  understands: hasPython,
  *extract({ python }): Generator<SchemaTable> {
    if (!python.imports('django')) return;
    for (const { definition, scope } of python.derivedFrom(
      'django.db.models.Model',
      'django.db.models.base.Model',
    )) {
      const inside = scope.inner(definition);
      const fields = [...fieldsIn(python, definition.body, inside)];
      if (fields.length === 0) continue;
      const indexed = [
        'id',
        ...fields.filter(field => hasIndex(python, field, inside)).map(({ name }) => name),
      ];
      yield {
        kind: 'schemaTable',
        at: python.at(scope, definition.head),
        name: definition.name,
        from: 'code',
        dialect: '',
        columns: fields.map(({ name, type, call }): TableColumn => ({
          name,
          type: type.toLowerCase(),
          at: python.at(inside, call),
        })),
        foreignKeys: fields
          .filter(({ type }) => isKey(type))
          .map(field => foreignKeyOf(python, field, inside)),
        indexed,
        inIndexes: [...indexed, ...metaIndexes(python, definition, inside)],
        indexesForeignKeys: 'no',
        reached: python.reach.reachesModule(scope.module),
      };
    }
  },
});
