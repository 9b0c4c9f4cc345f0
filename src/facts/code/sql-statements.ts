import type { Place, SqlPart, SqlText } from '../../model/index.ts';
import type { Expression } from '../../read/syntax.ts';
import { argumentFor, callsOf } from './flow/flow.ts';
import { piecesOf, textBefore, type Pieces } from './flow/pieces.ts';
import { SQL } from './flow/policy.ts';
import type { CallSite } from './sites.ts';
import type { CodeView } from './view.ts';

/** What a language's libraries call what executes a statement. */
export interface SqlWords {
  /** Methods that execute what they are given, in every database library. */
  readonly executors: readonly string[];
  /** Methods of other things too: they count when their text is SQL. */
  readonly likely: readonly string[];
  /** Of these what they get is a statement, so that one which the caller sends is one too. */
  readonly executes: readonly string[];
  /** Functions that stand alone, by canonical name. */
  readonly readers: RegExp;
  /** Calls whose argument becomes a piece of SQL as it is. */
  pieces(view: CodeView): readonly CallSite[];
  /** The text among what a call is given. */
  textOf(site: CallSite): Expression | undefined;
}

const STATEMENT =
  /^[\s(]*(--[^\n]*\n\s*)*(SELECT|INSERT\s|UPDATE\s|DELETE\s|CREATE\s|DROP\s|ALTER\s|WITH\s|PRAGMA|TRUNCATE|REPLACE\s+INTO|MERGE\s+INTO|EXEC\s|CALL\s|GRANT\s|REVOKE\s|SHOW\s|EXPLAIN\s|VACUUM|ATTACH\s|COPY\s|DESCRIBE\s|ANALYZE|LOCK\s|SET\s|USE\s)/i;

/** A text on its way to a database: the expression and where it stands. */
interface Handed {
  readonly expression: Expression;
  readonly site: CallSite;
  readonly way: readonly Place[];
}

/** Statements that code executes, and what their text is made of. */
export function* statementsIn(view: CodeView, words: SqlWords): Generator<SqlText> {
  const seen = new Set<Expression>();
  for (const site of view.callsEnding(...words.executors, ...words.likely)) {
    const word = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
    const expression = words.textOf(site);
    if (!expression || (word === '' && !words.readers.test(view.nameOf(site.call.callee, site.scope))))
      continue;
    for (const handed of handedTo(view, { expression, site, way: [] }, 0)) {
      const inner = insideText(handed.expression);
      if (seen.has(inner)) continue;
      const ways = piecesOf(view, inner, handed.site.scope, SQL);
      const isKnown = !isFollowed(view, site, word, words);
      if (!isStatement(ways, isKnown ? word : '', isText(inner), words)) continue;
      seen.add(inner);
      yield textFact(view, handed, ways);
    }
  }
  yield* clauses(view, words, seen);
}

/** `text("…")`, `knex.raw("…")` anywhere: also as a clause of a query. */
function* clauses(view: CodeView, words: SqlWords, seen: Set<Expression>): Generator<SqlText> {
  for (const site of words.pieces(view)) {
    const expression = words.textOf(site);
    if (!expression || seen.has(expression)) continue;
    for (const handed of handedTo(view, { expression, site, way: [] }, 0)) {
      if (seen.has(handed.expression)) continue;
      seen.add(handed.expression);
      yield textFact(view, handed, piecesOf(view, handed.expression, handed.site.scope, SQL));
    }
  }
}

/** A function of the repository under such a name: what it executes is seen inside of it. */
const isFollowed = (view: CodeView, { call, scope }: CallSite, word: string, words: SqlWords): boolean =>
  !words.executors.includes(word) && view.resolve(call.callee, scope)?.kind === 'function';

/** A helper that executes what it is given hands on the texts of those who call it. */
function handedTo(view: CodeView, handed: Handed, depth: number): readonly Handed[] {
  const { expression, site, way } = handed;
  const inner = insideText(expression);
  const { definition, parent } = site.scope;
  if (depth > 3 || inner.kind !== 'name' || definition?.kind !== 'function' || !parent) return [handed];
  const found = view.code.resolver.bindings(inner.name, site.scope, inner.start);
  const [binding] = found?.bindings ?? [];
  if (found?.bindings.length !== 1 || binding?.kind !== 'parameter') return [handed];
  const callers = callsOf(view).callersOf(definition, parent);
  if (callers.length === 0) return [handed];
  const isMethod = parent.kind === 'class' && /^(self|cls)$/.test(definition.params[0]?.name ?? '');
  const step: Place = { at: view.at(site.scope, site.call), says: `${definition.name} executes it` };
  return callers.flatMap(caller => {
    const argument = argumentFor(caller.call, binding.parameter, binding.position, isMethod);
    return argument
      ? handedTo(view, { expression: argument, site: caller, way: [step, ...way] }, depth + 1)
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

/** Text that begins like a statement; of what executors get, also text that begins with a caller's data. */
const isStatement = (
  ways: readonly Pieces[],
  word: string,
  isWritten: boolean,
  { executors, executes }: SqlWords,
): boolean =>
  ways.some(pieces => {
    const [first] = pieces;
    const isExecuted = executors.includes(word) && isWritten && pieces.length > 1;
    if (first?.kind === 'text') return STATEMENT.test(first.value) || isExecuted;
    return (
      first?.kind === 'hole' &&
      ((first.origin.kind === 'input' && [...executors, ...executes].includes(word)) || isExecuted)
    );
  });

function textFact(view: CodeView, { site, way }: Handed, ways: readonly Pieces[]): SqlText {
  const parts = new Map<string, SqlPart>();
  for (const pieces of ways)
    pieces.forEach((piece, index) => {
      if (piece.kind === 'text' || isPlaceholder(textBefore(pieces, index))) return;
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
    at: view.at(site.scope, site.call),
    executor: view.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 40),
    parts: [...parts.values()],
    parameters: site.call.args.length > 1 ? 'some' : 'none',
    reached: view.reached(site),
    way,
  };
}

/** `$${n}` and `@p${n}` make the name of a parameter. */
const isPlaceholder = (before: string): boolean => /(^|[\s(,=])(\$|@p)$/.test(before);

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
