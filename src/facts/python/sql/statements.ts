import type { Place, SqlPart, SqlText } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { argumentFor, callsOf } from '../flow/flow.ts';
import { piecesOf, textBefore, type Pieces } from '../flow/pieces.ts';
import { SQL } from '../flow/policy.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** Methods that execute what they are given, in every database library. */
const EXECUTORS = ['execute', 'executemany', 'executescript', 'exec_driver_sql', 'execute_sql'];
/** Methods of other things too: they count when their text is SQL. */
const LIKELY = [
  'fetch', 'fetchrow', 'fetchval', 'fetch_one', 'fetch_all', 'fetch_val', 'iterate', 'raw', 'query', 'sql',
  'read_sql', 'read_sql_query', 'scalar', 'scalars', 'exec', 'prepare', 'run_query', 'from_statement', 'mogrify',
]; // prettier-ignore

const STATEMENT =
  /^[\s(]*(--[^\n]*\n\s*)*(SELECT|INSERT\s|UPDATE\s|DELETE\s|CREATE\s|DROP\s|ALTER\s|WITH\s|PRAGMA|TRUNCATE|REPLACE\s+INTO|MERGE\s+INTO|EXEC\s|CALL\s|GRANT\s|REVOKE\s|SHOW\s|EXPLAIN\s|VACUUM|ATTACH\s|COPY\s|DESCRIBE\s|ANALYZE|LOCK\s|SET\s|USE\s)/i;

/** A text on its way to a database: the expression and where it stands. */
interface Handed {
  readonly expression: Expression;
  readonly site: CallSite;
  readonly way: readonly Place[];
}

/** Statements that Python code executes, and what their text is made of. */
export default defineExtractor({
  id: 'python/sql/statements',
  reads: [],
  produces: ['sqlText'],
  understands: hasPython,
  *extract({ python }): Generator<SqlText> {
    const seen = new Set<Expression>();
    for (const site of python.callsEnding(...EXECUTORS, ...LIKELY)) {
      const word = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
      const expression = site.call.args.find(
        arg => arg.name === '' || /^(sql|query|statement)$/.test(arg.name),
      )?.value;
      if (!expression || (word === '' && !isReader(python, site))) continue;
      for (const handed of handedTo(python, { expression, site, way: [] }, 0)) {
        const inner = insideText(handed.expression);
        if (seen.has(inner)) continue;
        const ways = piecesOf(python, inner, handed.site.scope, SQL);
        if (!isStatement(ways, isFollowed(python, site, word) ? '' : word, isText(inner))) continue;
        seen.add(inner);
        yield textFact(python, handed, ways);
      }
    }
    yield* clauses(python, seen);
  },
});

/** `text("…")` anywhere: also as a clause of a query. */
function* clauses(python: PythonView, seen: Set<Expression>): Generator<SqlText> {
  for (const site of python.calls(
    'sqlalchemy.text',
    'sqlalchemy.sql.text',
    'sqlalchemy.sql.expression.text',
  )) {
    const expression = site.call.args.find(arg => arg.name === '' || arg.name === 'text')?.value;
    if (!expression || seen.has(expression)) continue;
    for (const handed of handedTo(python, { expression, site, way: [] }, 0)) {
      if (seen.has(handed.expression)) continue;
      seen.add(handed.expression);
      yield textFact(python, handed, piecesOf(python, handed.expression, handed.site.scope, SQL));
    }
  }
}

/** A function of the repository under such a name: what it executes is seen inside of it. */
const isFollowed = (python: PythonView, { call, scope }: CallSite, word: string): boolean =>
  !EXECUTORS.includes(word) && python.resolve(call.callee, scope)?.kind === 'function';

const isReader = (python: PythonView, site: CallSite): boolean =>
  /^(pandas|duckdb|polars)\./.test(python.nameOf(site.call.callee, site.scope));

/** A helper that executes what it is given hands on the texts of those who call it. */
function handedTo(python: PythonView, handed: Handed, depth: number): readonly Handed[] {
  const { expression, site, way } = handed;
  const inner = insideText(expression);
  const { definition, parent } = site.scope;
  if (depth > 3 || inner.kind !== 'name' || definition?.kind !== 'function' || !parent) return [handed];
  const found = python.code.resolver.bindings(inner.name, site.scope, inner.start);
  const [binding] = found?.bindings ?? [];
  if (found?.bindings.length !== 1 || binding?.kind !== 'parameter') return [handed];
  const callers = callsOf(python).callersOf(definition, parent);
  if (callers.length === 0) return [handed];
  const isMethod = parent.kind === 'class' && /^(self|cls)$/.test(definition.params[0]?.name ?? '');
  const step: Place = { at: python.at(site.scope, site.call), says: `${definition.name} executes it` };
  return callers.flatMap(caller => {
    const argument = argumentFor(caller.call, binding.parameter, binding.position, isMethod);
    return argument
      ? handedTo(python, { expression: argument, site: caller, way: [step, ...way] }, depth + 1)
      : [];
  });
}

/** `text(query)` and `SQL(query)` are the text that they hold. */
function insideText(expression: Expression): Expression {
  if (expression.kind !== 'call') return expression;
  const { callee, args } = expression;
  const word = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
  const first = args[0]?.value;
  if (/^(text|SQL)$/.test(word) && first) return insideText(first);
  return callee.kind === 'attribute' && /^(bindparams|columns|execution_options)$/.test(word)
    ? insideText(callee.object)
    : expression;
}

const isText = (expression: Expression): boolean =>
  expression.kind === 'template' || expression.kind === 'binary' || expression.kind === 'string';

/** Methods that get nothing but statements, so that one which the caller sends is one too. */
const EXECUTES = new Set([...EXECUTORS, 'read_sql', 'read_sql_query', 'run_query', 'mogrify']);

/** Text that begins like a statement; of what executors get, also text that begins with a caller's data. */
const isStatement = (ways: readonly Pieces[], word: string, isWritten: boolean): boolean =>
  ways.some(pieces => {
    const [first] = pieces;
    const isExecuted = EXECUTORS.includes(word) && isWritten && pieces.length > 1;
    if (first?.kind === 'text') return STATEMENT.test(first.value) || isExecuted;
    return first?.kind === 'hole' && ((first.origin.kind === 'input' && EXECUTES.has(word)) || isExecuted);
  });

function textFact(python: PythonView, { site, way }: Handed, ways: readonly Pieces[]): SqlText {
  const parts = new Map<string, SqlPart>();
  for (const pieces of ways)
    pieces.forEach((piece, index) => {
      if (piece.kind === 'text') return;
      const stands = standsAfter(textBefore(pieces, index));
      parts.set(`${piece.says} ${stands} ${piece.at.path}:${piece.at.startLine}`, {
        text: piece.says,
        at: piece.at,
        origin: piece.origin,
        stands,
      });
    });
  return {
    kind: 'sqlText',
    at: python.at(site.scope, site.call),
    executor: python.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 40),
    parts: [...parts.values()],
    parameters: site.call.args.length > 1 ? 'some' : 'none',
    reached: python.reached(site),
    way,
  };
}

const NAME_COMES =
  /\b(FROM|JOIN|INTO|UPDATE|TABLE|TABLES|BY|SELECT|DISTINCT|SET|EXISTS|INDEX|DATABASE|SCHEMA|COLUMN|COLUMNS|USE|ON|PRAGMA|AS|VIEW|TRUNCATE|ASC|DESC|table_info)\s*[("`[\u0001]*$/i;
const LIST_OF_NAMES = /\b(SELECT|BY|INTO\s+\S+\s*\(|SET)\b[^=]*,\s*["`[]?$/i;
const VALUE_COMES =
  /(=|<|>|\bLIKE|\bIN\s*\(|\bVALUES\s*\(.*|\bLIMIT|\bOFFSET|\bBETWEEN|\bAND|\bTHEN|\bINTERVAL|')\s*[%'(\u0001, ]*$/i;

/** What a hole is, by the text in front of it: a value, a name, or a piece of the statement. */
function standsAfter(before: string): SqlPart['stands'] {
  const inQuotes = (before.match(/'/g) ?? []).length % 2 === 1;
  if (inQuotes) return 'value';
  const last = before.slice(-300);
  if (NAME_COMES.test(last) || LIST_OF_NAMES.test(last) || /[.`"[]$/.test(last)) return 'name';
  return VALUE_COMES.test(last) && !/\bAND\s*$/i.test(last) ? 'value' : 'fragment';
}
