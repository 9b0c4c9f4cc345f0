import type { ForeignKey } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { textIn, textsOf } from '../queries/query.ts';
import { decoratorsOf, familyOf, fieldsOf, type Field } from './decorated.ts';
import { isFalse, isTrue, objectAmong, snake, type StoredModel } from './model.ts';

/** The packages of MikroORM: one for each engine, and the core. */
export const MIKRO_ORM: readonly string[] = [
  '@mikro-orm/core',
  '@mikro-orm/postgresql',
  '@mikro-orm/mysql',
  '@mikro-orm/mariadb',
  '@mikro-orm/mssql',
  '@mikro-orm/sqlite',
  '@mikro-orm/better-sqlite',
  '@mikro-orm/libsql',
  '@mikro-orm/mongodb',
  '@mikro-orm/decorators',
];

const COLUMNS = /^(Property|PrimaryKey|SerializedPrimaryKey|Enum|Embedded|Formula)$/;
const OWNS = /^(ManyToOne|OneToOne)$/;

function addColumn(node: CodeView, model: StoredModel & { hidden: string[] }, field: Field): void {
  const { name, statement, decorators, scope } = field;
  const column = decorators.find(each => COLUMNS.test(each.name));
  if (!column) return;
  const options = objectAmong(node, column.call.args, scope);
  if (isFalse(options.get('persist'))) return;
  const own = textIn(options.get('fieldName')) || snake(name);
  const type =
    textIn(options.get('columnType')) ||
    textIn(options.get('type')) ||
    (statement.annotation ? node.textOf(scope, statement.annotation) : '');
  model.columns.push({
    name: own,
    type: type.toLowerCase(),
    at: node.at(scope, statement.targets[0] ?? statement),
  });
  const isKey =
    /PrimaryKey$/.test(column.name) ||
    ['unique', 'index', 'primary'].some(each => {
      const said = options.get(each);
      return isTrue(said) || textIn(said) !== '';
    });
  if (isKey || decorators.some(each => /^(Index|Unique)$/.test(each.name))) model.indexes.push([own]);
  if (isTrue(options.get('hidden')) || decorators.some(each => each.name === 'Exclude'))
    model.hidden.push(name, own);
}

/** `() => User`, `{ entity: () => User }`, `"User"`, or the type of the member. */
function targetOf(node: CodeView, call: Call, { statement, scope }: Field): string {
  const options = objectAmong(node, call.args, scope);
  const said = options.get('entity') ?? options.get('type');
  const given = said ?? (call.args[0] && { expression: call.args[0].value, scope });
  const { expression } = given ?? {};
  const [result] = expression?.kind === 'function' ? expression.body : [];
  if (result?.kind === 'return' && result.value)
    return textIn({ expression: result.value, scope }) || lastNameOf(result.value);
  return textIn(given) || (statement.annotation ? innermost(statement.annotation) : '');
}

/** `Rel<Ref<User>>` is a user. */
const innermost = (type: Expression): string => {
  const [inner] = type.kind === 'subscript' && type.index.kind === 'collection' ? type.index.items : [];
  return inner ? innermost(inner) : lastNameOf(type);
};

/** `@ManyToOne(() => User, { deleteRule: "cascade" })`; the one side of two that owns the column says so. */
function foreignKeyOf(node: CodeView, field: Field): ForeignKey | undefined {
  const { name, statement, decorators, scope } = field;
  const relation = decorators.find(each => OWNS.test(each.name));
  if (!relation) return undefined;
  const options = objectAmong(node, relation.call.args, scope);
  if (options.get('mappedBy') !== undefined) return undefined;
  const isOther = relation.call.args[1]?.value.kind === 'function' && !isTrue(options.get('owner'));
  if (relation.name === 'OneToOne' && isOther) return undefined;
  return {
    at: node.at(scope, statement.targets[0] ?? statement),
    columns: [textIn(options.get('fieldName')) || textIn(options.get('joinColumn')) || `${snake(name)}_id`],
    references: targetOf(node, relation.call, field),
    onDelete:
      textIn(options.get('deleteRule')) || textIn(options.get('onDelete')) || usualRule(node, options),
  };
}

/** What it states by itself: rows go with those that they belong to, or are let go of where they may. */
function usualRule(node: CodeView, options: ReturnType<typeof objectAmong>): string {
  const cascade = options.get('cascade');
  if (cascade && /\b(REMOVE|ALL|remove|all)\b/.test(node.textOf(cascade.scope, cascade.expression)))
    return 'cascade';
  return isTrue(options.get('nullable')) ? 'set null' : '';
}

function modelOf(node: CodeView, entity: Call, of: ClassEntity, dialect: string): StoredModel {
  const { definition, scope } = of;
  const options = objectAmong(node, entity.args, scope);
  const model = {
    at: node.at(scope, definition.head),
    name: definition.name,
    table: textIn(options.get('tableName')) || textIn(options.get('collection')) || snake(definition.name),
    isRelational: dialect !== 'mongodb',
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
    // It makes an index for each key by itself.
    model.indexes.push(key.columns);
  }
  for (const { definition: each, scope: around } of familyOf(node, of))
    for (const { name, call } of decoratorsOf(each.decorators))
      if (/^(Index|Unique)$/.test(name)) addIndex(node, model, call, around);
  return model;
}

/** `@Index({ properties: ["customer", "createdAt"] })` names members; of a relation the column is meant. */
function addIndex(node: CodeView, model: StoredModel, call: Call, scope: Scope): void {
  const names = textsOf(objectAmong(node, call.args, scope).get('properties'));
  const columns = names.map(name => {
    const key = model.foreignKeys.find(each => each.columns[0] === `${snake(name)}_id`);
    return key?.columns[0] ?? snake(name);
  });
  if (columns.length > 0) model.indexes.push(columns);
}

/** Entities of MikroORM. */
export function mikroOrmModels(node: CodeView): readonly StoredModel[] {
  if (!node.imports(...MIKRO_ORM)) return [];
  const dialect = node.imports('@mikro-orm/mongodb') ? 'mongodb' : '';
  const models = node.classes().flatMap(({ definition, scope }) => {
    const entity = decoratorsOf(definition.decorators).find(({ name }) => name === 'Entity');
    const isOwn = entity && node.nameOf(entity.call.callee, scope).startsWith('@mikro-orm/');
    return isOwn && !isTrue(objectAmong(node, entity.call.args, scope).get('abstract'))
      ? [modelOf(node, entity.call, { kind: 'class', definition, scope }, dialect)]
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
