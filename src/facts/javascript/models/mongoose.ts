import { isSecretColumn } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { argumentAt, nameIn, optionsOf, textIn } from '../queries/query.ts';
import { isFalse, isTrue, type StoredModel } from './model.ts';

interface Schema {
  readonly call: Call;
  readonly scope: Scope;
}

function schemaOf(node: CodeView, written: Written | undefined): Schema | undefined {
  if (!written) return undefined;
  const { expression, scope } = writtenAs(node, written.expression, written.scope);
  return expression.kind === 'call' &&
    /^mongoose\.(Schema|.*\.Schema)$/.test(node.nameOf(expression.callee, scope))
    ? { call: expression, scope }
    : undefined;
}

/** Secrets that the file of a schema takes out where records become JSON: `transform`, `toJSON`, plugins. */
function takenOut(scope: Scope): readonly string[] {
  const { text } = scope.module.file;
  const found: string[] = [];
  for (const { index } of text.matchAll(/\btoJSON\b|\btransform\b|\btoObject\b/g))
    found.push(
      ...[...text.slice(index, index + 400).matchAll(/\w+/g)].map(([word]) => word).filter(isSecretColumn),
    );
  return found;
}

function modelOf(
  node: CodeView,
  name: string,
  { call, scope }: Schema,
  reached: StoredModel['reached'],
): StoredModel {
  const first = argumentAt({ call, scope }, 0);
  const fields = optionsOf(node, first ?? { expression: call, scope });
  const model = {
    at: node.at(scope, call),
    name,
    table: name,
    isRelational: false,
    dialect: 'mongodb',
    columns: [] as StoredModel['columns'],
    foreignKeys: [],
    indexes: [] as (readonly string[])[],
    hidden: [...takenOut(scope)],
    reached,
  };
  for (const key of fields.keys) {
    const field = fields.get(key);
    if (!field) continue;
    const options = optionsOf(node, field);
    model.columns.push({
      name: key,
      type: node
        .textOf(field.scope, (options.get('type') ?? field).expression)
        .toLowerCase()
        .slice(0, 40),
      at: node.at(field.scope, field.expression),
    });
    if (isTrue(options.get('unique')) || options.get('index')) model.indexes.push([key]);
    // `private: true` is read by the plugin that many projects share.
    if (isFalse(options.get('select')) || isTrue(options.get('private'))) model.hidden.push(key);
  }
  return model;
}

const MODELS = ['model', 'discriminator'];

/** Collections of Mongoose. */
export function mongooseModels(node: CodeView): readonly StoredModel[] {
  if (!node.imports('mongoose')) return [];
  return node.callsEnding(...MODELS).flatMap(site => {
    const link = { call: site.call, scope: site.scope };
    const schema = schemaOf(node, argumentAt(link, 1));
    const first: Expression | undefined = site.call.args[0]?.value;
    const name = textIn(argumentAt(link, 0)) || nameIn(first);
    return schema && name !== '' ? [modelOf(node, name, schema, node.reached(site))] : [];
  });
}
