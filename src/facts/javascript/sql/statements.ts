import type { Expression } from '../../../read/syntax.ts';
import { taggedText } from '../../code/flow/pieces.ts';
import { statementsIn, type SqlWords } from '../../code/sql-statements.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const RAW = [
  'raw', 'literal', 'whereRaw', 'andWhereRaw', 'orWhereRaw', 'orderByRaw', 'havingRaw', 'joinRaw', 'fromRaw',
  'groupByRaw', 'selectRaw', 'unsafe',
]; // prettier-ignore
/** Clauses of builders of queries: they take text, beside objects and names. */
const CLAUSES = ['where', 'andWhere', 'orWhere', 'having', 'andHaving'];

/** Drivers whose statements are executed by words that everything else uses too. */
const SHORT_WORDS = ['sqlite3', 'sqlite', 'better-sqlite3', 'node:sqlite', 'bun:sqlite', 'pg-promise'];

/** `{ text, values }` and `{ sql, … }` hold the text beside its values. */
const KEYS = /^(text|sql|query)$/;

function textOf(site: CallSite): Expression | undefined {
  const { call } = site;
  // What stands in the holes of a tagged template is bound: the tag must be seen with it.
  if (isTagged(site)) return call;
  const first = call.args.find(arg => arg.spread === '')?.value;
  if (first?.kind !== 'dictionary') return first;
  return first.entries.find(({ key }) => key?.kind === 'string' && KEYS.test(key.value))?.value;
}

const isAssembled = (expression: Expression | undefined): boolean =>
  expression?.kind === 'template' || (expression?.kind === 'binary' && expression.operator === '+');

/** `knex.raw(text)`, `sequelize.literal(text)`; of other things by these names only text that is put together. */
function pieces(view: CodeView): readonly CallSite[] {
  const raw = view.callsEnding(...RAW).filter(site => {
    const { callee } = site.call;
    if (callee.kind !== 'attribute' || isTagged(site)) return false;
    const name = view.nameOf(callee, site.scope);
    return !/^(express|body-parser|String|multer)\b/.test(name) && textOf(site)?.kind !== 'function';
  });
  const clauses = view
    .callsEnding(...CLAUSES)
    .filter(site => site.call.callee.kind === 'attribute' && isAssembled(textOf(site)));
  return [...raw, ...clauses];
}

const isTagged = ({ call, scope }: CallSite): boolean =>
  taggedText(call, scope.module.tree.textOf(call)) !== undefined;

const wordsFor = (view: CodeView): SqlWords => ({
  executors: ['$queryRawUnsafe', '$executeRawUnsafe'],
  likely: [
    'query', 'execute', 'queryRaw', 'runQuery', '$queryRaw', '$executeRaw', 'sql', 'prepare', 'exec', 'queryStream',
    'executeSql', 'batch', ...RAW,
    ...(view.imports(...SHORT_WORDS) ? ['get', 'all', 'run', 'each', 'one', 'many', 'none', 'any', 'oneOrNone', 'manyOrNone'] : []),
  ],
  executes: [],
  readers: /^(sql|\$queryRaw)$|\bsql$/,
  pieces,
  textOf,
}); // prettier-ignore

/** Statements that JavaScript executes, and what their text is made of. */
export default defineExtractor({
  id: 'javascript/sql/statements',
  reads: [],
  produces: ['sqlText'],
  understands: hasNode,
  extract: ({ node }) => statementsIn(node, wordsFor(node)),
});
