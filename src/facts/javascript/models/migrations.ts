import type { ForeignKey } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import { resultsIn } from '../../code/results.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import { chainOf, plain, type Step } from '../../code/steps.ts';
import type { CodeView } from '../../code/view.ts';
import { argumentAt, nameIn, optionsOf, textIn, textsOf } from '../queries/query.ts';
import type { StoredModel } from './model.ts';
import { addColumn as addDescribed } from './sequelize.ts';

/** The tables that versions make one after the other, by name. */
type Tables = Map<string, StoredModel>;

function tableFor(
  node: CodeView,
  tables: Tables,
  name: string,
  site: CallSite,
  isNew: boolean,
): StoredModel | undefined {
  const before = tables.get(name);
  if (before || !isNew) return before;
  const made: StoredModel = {
    at: node.at(site.scope, site.call),
    name,
    table: name,
    isRelational: true,
    dialect: '',
    columns: [],
    foreignKeys: [],
    indexes: [],
    hidden: [],
    // Versions are run by a tool and not by the service.
    reached: 'yes',
  };
  tables.set(name, made);
  return made;
}

/** The table whose name a call gives first; `createTable` makes it. */
const tableNamed = (node: CodeView, tables: Tables, site: CallSite): StoredModel | undefined =>
  tableFor(
    node,
    tables,
    withoutSchema(textAt(site, 0, site.scope)),
    site,
    lastNameOf(site.call.callee) === 'createTable',
  );

const withoutSchema = (name: string): string =>
  name.replace(/^.*\./, '').replace(/["`]/g, '').replace(/\(.*$/, '');

/** What takes a version back makes no tables. */
function isBackwards({ scope, call }: CallSite): boolean {
  const { text } = scope.module.file;
  const down = text.search(/\bdown\s*(=|\(|:)|\bfunction\s+down\b/);
  const up = text.search(/\bup\s*(=|\(|:)|\bfunction\s+up\b/);
  return down !== -1 && call.start > down && (up < down || call.start < up);
}

const textAt = (step: Pick<Step, 'call'>, index: number, scope: Scope): string =>
  textIn(argumentAt({ call: step.call, scope }, index));

/** `.references("id").inTable("users").onDelete("CASCADE")`, `.references("users.id")` */
function referenceIn(
  steps: readonly Step[],
  scope: Scope,
): Pick<ForeignKey, 'references' | 'onDelete'> | undefined {
  const named = (name: string): Step | undefined => steps.find(step => step.name === name && step.call);
  const references = named('references');
  if (!references) return undefined;
  const table = named('inTable');
  const target = table ? textAt(table, 0, scope) : textAt(references, 0, scope).replace(/\.\w+$/, '');
  const onDelete = named('onDelete');
  return { references: withoutSchema(target), onDelete: onDelete ? textAt(onDelete, 0, scope) : '' };
}

/** `table.integer("user_id").references("users.id").index()` */
function knexPart(node: CodeView, model: StoredModel, expression: Expression, scope: Scope): void {
  const { steps } = chainOf(expression);
  const [first, ...more] = steps;
  if (!first?.call) return;
  const names = textsOf(argumentAt({ call: first.call, scope }, 0));
  const [name = first.name === 'increments' || first.name === 'bigIncrements' ? 'id' : ''] = names;
  const at = node.at(scope, expression);
  if (/^(index|unique|primary)$/.test(first.name)) model.indexes.push(names);
  const reference = referenceIn(more, scope);
  if (reference)
    model.foreignKeys.push({ at, columns: first.name === 'foreign' ? names : [name], ...reference });
  if (
    /^(index|unique|primary|foreign|drop\w*|timestamps|comment|engine|charset|rename\w*)$/.test(first.name) ||
    name === ''
  )
    return;
  const isChange = more.some(step => step.name === 'alter');
  if (!isChange && !model.columns.some(each => each.name === name))
    model.columns.push({ name, type: first.name.toLowerCase(), at });
  if (/increments$/i.test(first.name) || more.some(step => /^(primary|unique|index)$/.test(step.name)))
    model.indexes.push([name]);
}

function* knexTables(node: CodeView): Generator<CallSite> {
  for (const site of node.callsEnding('createTable', 'createTableIfNotExists', 'alterTable', 'table'))
    if (site.call.args[1]?.value.kind === 'function' && !isBackwards(site)) yield site;
}

function readKnex(node: CodeView, tables: Tables): void {
  for (const site of knexTables(node)) {
    const { call, scope } = site;
    const made = call.args[1]?.value;
    const { callee } = call;
    const name = withoutSchema(textAt({ call }, 0, scope));
    if (made?.kind !== 'function' || name === '' || callee.kind !== 'attribute') continue;
    const model = tableFor(node, tables, name, site, callee.name.startsWith('create'));
    const inside = scope.inner(made);
    for (const statement of statementsIn(made.body)) {
      const value =
        statement.kind === 'expression' || statement.kind === 'return' ? statement.value : undefined;
      if (model && value) knexPart(node, model, value, inside);
    }
  }
}

/** The steps behind a call in its row: `.addColumn(…).addColumn(…)`. */
function stepsAfter({ call, statement }: CallSite): readonly Step[] {
  for (const head of headOf(statement))
    for (const each of expressionsIn(head)) {
      const { steps } = chainOf(plain(each));
      const index = steps.findIndex(step => step.call === call);
      if (index !== -1) return steps.slice(index + 1);
    }
  return [];
}

/** What is done to a column by a function: `col => col.references("users.id").onDelete("cascade")`. */
const modifiersIn = (call: Call, index: number): readonly Step[] => {
  const value = call.args[index]?.value;
  const [result] = value?.kind === 'function' ? resultsIn(value) : [];
  return result ? chainOf(result).steps : [];
};

function kyselyStep(node: CodeView, model: StoredModel, { name, call }: Step, scope: Scope): void {
  if (!call) return;
  const at = node.at(scope, call.args[0]?.value ?? call);
  const own = textAt({ call }, 0, scope);
  if (name === 'addColumn') {
    const modifiers = modifiersIn(call, 2);
    model.columns.push({ name: own, type: textAt({ call }, 1, scope).toLowerCase(), at });
    if (modifiers.some(step => /^(primaryKey|unique)$/.test(step.name))) model.indexes.push([own]);
    const reference = referenceIn(modifiers, scope);
    if (reference) model.foreignKeys.push({ at, columns: [own], ...reference });
  } else if (/^add(Unique|PrimaryKey)Constraint$/.test(name))
    model.indexes.push(textsOf(argumentAt({ call, scope }, 1)));
  else if (name === 'addForeignKeyConstraint') {
    const onDelete = modifiersIn(call, 4).find(step => step.name === 'onDelete');
    model.foreignKeys.push({
      at,
      columns: textsOf(argumentAt({ call, scope }, 1)),
      references: textAt({ call }, 2, scope),
      onDelete: onDelete ? textAt(onDelete, 0, scope) : '',
    });
  }
}

function readKysely(node: CodeView, tables: Tables): void {
  if (!node.imports('kysely')) return;
  for (const site of node.callsEnding('createTable', 'alterTable')) {
    const { call, scope } = site;
    const { callee } = call;
    if (callee.kind !== 'attribute' || nameIn(callee.object) !== 'schema' || isBackwards(site)) continue;
    const model = tableNamed(node, tables, site);
    if (model) for (const step of stepsAfter(site)) kyselyStep(node, model, step, scope);
  }
  for (const site of node.callsEnding('createIndex')) {
    const steps = stepsAfter(site);
    const on = steps.find(step => step.name === 'on');
    const model = on && tables.get(textAt(on, 0, site.scope));
    const columns = steps
      .filter(step => /^columns?$/.test(step.name))
      .flatMap(({ call }) => textsOf(argumentAt({ call, scope: site.scope }, 0)));
    if (model && columns.length > 0) model.indexes.push(columns);
  }
}

/** `queryInterface.createTable("users", { … })`, `pgm.createTable("users", { … })` */
function readDescribed(node: CodeView, tables: Tables): void {
  for (const site of node.callsEnding('createTable', 'addColumn', 'addColumns', 'addIndex', 'createIndex')) {
    const { call, scope } = site;
    const { callee } = call;
    if (
      callee.kind !== 'attribute' ||
      !/^(queryInterface|pgm)$/i.test(nameIn(callee.object)) ||
      isBackwards(site)
    )
      continue;
    const given = argumentAt({ call, scope }, 1);
    const model = tableNamed(node, tables, site);
    if (!model || !given) continue;
    if (/Index$/.test(callee.name)) model.indexes.push(textsOf(given));
    else if (given.expression.kind === 'string') {
      const column = argumentAt({ call, scope }, 2);
      if (column) addDescribed(node, model, given.expression.value, column);
    } else {
      const columns = optionsOf(node, given);
      for (const key of columns.keys) {
        const column = columns.get(key);
        if (column) addDescribed(node, model, key, column);
      }
    }
  }
}

/** Tables that migrations of Knex, Kysely, Sequelize and node-pg-migrate make. */
export function migratedTables(node: CodeView): readonly StoredModel[] {
  const tables: Tables = new Map();
  readKnex(node, tables);
  readKysely(node, tables);
  readDescribed(node, tables);
  return [...tables.values()];
}
