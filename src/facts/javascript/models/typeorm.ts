import type { ForeignKey } from '../../../model/index.ts';
import type { ClassDefinition } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { optionsOf, textIn, textsOf } from '../queries/query.ts';
import { decoratorsOf, familyOf, fieldsOf, type Decorator, type Field } from './decorated.ts';
import { isFalse, isTrue, objectAmong, snake, type StoredModel } from './model.ts';

const COLUMNS =
  /^(Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn)$/;
const OWNS = /^(ManyToOne|OneToOne)$/;

/** `@Entity("users")`, `@Entity({ name: "users" })`, or the name of the class. */
function tableName(node: CodeView, { call }: Decorator, { name }: ClassDefinition, scope: Scope): string {
  const first = call.args[0]?.value;
  if (!first) return snake(name);
  const written = { expression: first, scope };
  return textIn(written) || textIn(optionsOf(node, written).get('name')) || snake(name);
}

function addColumn(node: CodeView, model: StoredModel & { hidden: string[] }, field: Field): void {
  const { name, statement, decorators, scope } = field;
  const column = decorators.find(each => COLUMNS.test(each.name));
  if (!column) return;
  const options = objectAmong(node, column.call.args, scope);
  const own = textIn(options.get('name')) || name;
  const first = column.call.args[0]?.value;
  const type =
    (first && textIn({ expression: first, scope })) ||
    textIn(options.get('type')) ||
    (statement.annotation ? node.textOf(scope, statement.annotation) : '');
  const at = node.at(scope, statement.targets[0] ?? statement);
  model.columns.push({ name: own, type: type.toLowerCase(), at });
  const isKey =
    /^Primary/.test(column.name) || isTrue(options.get('primary')) || isTrue(options.get('unique'));
  if (isKey || decorators.some(each => /^(Index|Unique)$/.test(each.name))) model.indexes.push([own]);
  if (isFalse(options.get('select')) || decorators.some(each => each.name === 'Exclude'))
    model.hidden.push(name, own);
}

/** `@ManyToOne(() => User, user => user.orders, { onDelete: "CASCADE" }) @JoinColumn({ name: "user_id" })` */
function foreignKeyOf(node: CodeView, { name, statement, decorators, scope }: Field): ForeignKey | undefined {
  const relation = decorators.find(each => OWNS.test(each.name));
  const join = decorators.find(each => each.name === 'JoinColumn');
  if (!relation || (relation.name === 'OneToOne' && !join)) return undefined;
  const target = relation.call.args[0]?.value;
  const of = target?.kind === 'function' ? target.body[0] : undefined;
  const references =
    of?.kind === 'return' && of.value
      ? lastNameOf(of.value)
      : target
        ? textIn({ expression: target, scope })
        : '';
  return {
    at: node.at(scope, statement.targets[0] ?? statement),
    columns: [textIn(join && objectAmong(node, join.call.args, scope).get('name')) || `${name}Id`],
    references,
    onDelete: textIn(objectAmong(node, relation.call.args, scope).get('onDelete')),
  };
}

function modelOf(node: CodeView, entity: Decorator, of: ClassEntity): StoredModel {
  const { definition, scope } = of;
  const model = {
    at: node.at(scope, definition.head),
    name: definition.name,
    table: tableName(node, entity, definition, scope),
    isRelational: true,
    dialect: '',
    columns: [],
    foreignKeys: [] as ForeignKey[],
    indexes: [] as (readonly string[])[],
    hidden: [] as string[],
    reached: node.reachesDefinition(definition),
  };
  for (const field of fieldsOf(node, of)) {
    addColumn(node, model, field);
    const key = foreignKeyOf(node, field);
    if (!key) continue;
    model.foreignKeys.push(key);
    const isUnique = field.decorators.some(each => /^(Index|Unique|OneToOne)$/.test(each.name));
    if (isUnique) model.indexes.push(key.columns);
  }
  for (const { definition: each, scope: around } of familyOf(node, of))
    for (const { name, call } of decoratorsOf(each.decorators))
      if (/^(Index|Unique)$/.test(name))
        for (const { value } of call.args)
          if (value.kind === 'collection')
            model.indexes.push(columnsNamed(model, textsOf({ expression: value, scope: around })));
  return model;
}

/** Indexes name members; of a relation the column is meant. */
const columnsNamed = ({ foreignKeys }: StoredModel, names: readonly string[]): readonly string[] =>
  names.map(name => foreignKeys.find(({ columns }) => columns[0] === `${name}Id`)?.columns[0] ?? name);

/** Entities of TypeORM. */
export function typeormModels(node: CodeView): readonly StoredModel[] {
  if (!node.imports('typeorm')) return [];
  const models = node.classes().flatMap(({ definition, scope }) => {
    const entity = decoratorsOf(definition.decorators).find(({ name }) => name === 'Entity');
    return entity && node.nameOf(entity.call.callee, scope).startsWith('typeorm.')
      ? [modelOf(node, entity, { kind: 'class', definition, scope })]
      : [];
  });
  const tables = new Map(models.map(({ name, table }) => [name, table]));
  return models.map(model => ({
    ...model,
    foreignKeys: model.foreignKeys.map(key => ({
      ...key,
      references: tables.get(key.references) ?? snake(key.references),
    })),
  }));
}
