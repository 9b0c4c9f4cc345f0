import type { ForeignKey } from '../../../model/index.ts';
import { isSecretColumn } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import { argumentAt, nameIn, optionsOf, textIn, type Options, textsOf } from '../queries/query.ts';
import { isTrue, type StoredModel } from './model.ts';

const PLURAL: readonly (readonly [RegExp, string])[] = [
  [/([^aeiou])y$/i, '$1ies'],
  // `roles` is one already.
  [/([^su]s)$/i, '$1'],
  [/(s|x|z|ch|sh)$/i, '$1es'],
  [/$/, 's'],
];

/** Sequelize names tables by the plural of the model. */
const plural = (name: string): string => {
  const [pattern, by] = PLURAL.find(([each]) => each.test(name)) ?? [/$/, 's'];
  return name.replace(pattern, by);
};

function tableName(name: string, options: Options): string {
  const own = textIn(options.get('tableName'));
  return own || (isTrue(options.get('freezeTableName')) ? name : plural(name));
}

/** `{ type: DataTypes.STRING, unique: true, references: { model: "users" }, onDelete: "CASCADE" }` */
export function addColumn(node: CodeView, model: StoredModel, key: string, written: Written): void {
  const { expression, scope } = written;
  const options = optionsOf(node, written);
  const type = options.get('type') ?? written;
  const name = textIn(options.get('field')) || key;
  const at = node.at(scope, expression);
  const text = node
    .textOf(type.scope, type.expression)
    .replace(/^.*?\b(?:DataTypes|Sequelize|DataType|Type)\./, '');
  model.columns.push({ name, type: text.toLowerCase().slice(0, 40), at });
  if (isTrue(options.get('primaryKey')) || options.get('unique')) model.indexes.push([name]);
  const references = options.get('references');
  if (references) model.foreignKeys.push(keyOf(node, name, references, options, at));
}

function keyOf(
  node: CodeView,
  column: string,
  references: Written,
  options: Options,
  at: ForeignKey['at'],
): ForeignKey {
  const target = optionsOf(node, references).get('model') ?? references;
  return {
    at,
    columns: [column],
    references: (textIn(target) || nameIn(target.expression)).replace(/"/g, ''),
    onDelete: textIn(options.get('onDelete')),
  };
}

function addIndexes(node: CodeView, model: StoredModel, indexes: Written | undefined): void {
  if (indexes?.expression.kind !== 'collection') return;
  for (const item of indexes.expression.items)
    model.indexes.push(textsOf(optionsOf(node, { expression: item, scope: indexes.scope }).get('fields')));
}

/** What `toJSON` of a model takes out, and what its usual scope leaves out. */
function hiddenBy(
  node: CodeView,
  name: string,
  options: Options,
  json: readonly string[],
): readonly string[] {
  const scope = options.get('defaultScope');
  const attributes = scope && optionsOf(node, scope).get('attributes');
  const excluded = attributes ? textsOf(optionsOf(node, attributes).get('exclude')) : [];
  return [...excluded, ...(name === '' ? [] : json)];
}

function modelOf(
  node: CodeView,
  site: CallSite,
  name: string,
  attributes: Written,
  options: Options,
  json: readonly string[],
): StoredModel {
  const model: StoredModel = {
    at: node.at(site.scope, site.call),
    name,
    table: tableName(name, options),
    isRelational: true,
    dialect: '',
    columns: [],
    foreignKeys: [],
    indexes: [],
    hidden: hiddenBy(node, name, options, json),
    reached: node.reached(site),
  };
  const described = optionsOf(node, attributes);
  for (const key of described.keys) {
    const column = described.get(key);
    if (column) addColumn(node, model, key, column);
  }
  addIndexes(node, model, options.get('indexes'));
  return model;
}

/** Secrets that a `toJSON` of this file names: `delete values.password`. */
const jsonOf = (node: CodeView, scope: Scope): readonly string[] => {
  const { text } = scope.module.file;
  const start = text.search(/\btoJSON\s*(=|\()/);
  if (start === -1 || !node.paths().includes(scope.module.path)) return [];
  return [...text.slice(start, start + 600).matchAll(/\w+/g)].map(([word]) => word).filter(isSecretColumn);
};

const NOTHING: Expression = { kind: 'unreadable', start: 0, end: 0 };

function* made(node: CodeView): Generator<StoredModel> {
  for (const site of node.callsEnding('define', 'init')) {
    const { callee } = site.call;
    if (callee.kind !== 'attribute') continue;
    const isDefine = callee.name === 'define';
    const link = { call: site.call, scope: site.scope };
    const attributes = argumentAt(link, isDefine ? 1 : 0);
    const said = argumentAt(link, isDefine ? 2 : 1);
    if (!attributes) continue;
    const options = optionsOf(node, said ?? { expression: NOTHING, scope: site.scope });
    const entity = node.resolve(callee.object, site.scope);
    const isModel = isDefine
      ? /sequelize/i.test(node.nameOf(callee.object, site.scope) || nameIn(callee.object))
      : (entity?.kind === 'class' && node.isKindOf(entity, 'sequelize.Model', 'sequelize.Sequelize.Model')) ||
        options.get('sequelize') !== undefined;
    const name = isDefine
      ? textIn(argumentAt(link, 0))
      : textIn(options.get('modelName')) ||
        (entity?.kind === 'class' ? entity.definition.name : nameIn(callee.object));
    if (isModel && name !== '')
      yield modelOf(node, site, name, attributes, options, jsonOf(node, site.scope));
  }
}

/** `Order.belongsTo(User, { foreignKey: "user_id", onDelete: "CASCADE" })` */
function addRelations(node: CodeView, models: readonly StoredModel[]): void {
  const named = (expression: Expression | undefined): StoredModel | undefined => {
    const name = nameIn(expression);
    return models.find(each => each.name === name);
  };
  for (const { call, scope } of node.callsEnding('belongsTo')) {
    const { callee } = call;
    const own = callee.kind === 'attribute' ? named(callee.object) : undefined;
    const target = call.args[0]?.value;
    if (!own || !target) continue;
    const said = argumentAt({ call, scope }, 1);
    const options = said ? optionsOf(node, said) : undefined;
    const foreignKey = options?.get('foreignKey');
    const name =
      textIn(foreignKey) ||
      textIn(foreignKey && optionsOf(node, foreignKey).get('name')) ||
      `${lowerFirst(nameIn(target))}Id`;
    if (own.foreignKeys.some(({ columns }) => columns[0] === name)) continue;
    own.foreignKeys.push({
      at: node.at(scope, call),
      columns: [name],
      references: named(target)?.table ?? nameIn(target),
      onDelete: textIn(options?.get('onDelete')) || 'SET NULL or NO ACTION by Sequelize',
    });
  }
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Models of Sequelize. */
export function sequelizeModels(node: CodeView): readonly StoredModel[] {
  if (!node.imports('sequelize')) return [];
  const models = [...made(node)];
  addRelations(node, models);
  return models;
}
