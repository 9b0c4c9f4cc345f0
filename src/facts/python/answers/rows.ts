import type { Location } from '../../../model/index.ts';
import { isSecretColumn } from '../../../model/index.ts';
import type { Call, Expression, Span } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import { lastNameOf } from '../../code/sites.ts';
import { tableOfSql } from '../../code/sql-rows.ts';
import type { PythonView } from '../view.ts';
import { chainsOf } from './chain.ts';
import { calledFrame, type Frame, type Methods } from './frames.ts';
import type { Tables } from './records.ts';
import { askedClass, storedClass, type StoredClass } from './stored-class.ts';
import { placeOfText, sqlTextOf, statementOf } from './sql.ts';

interface Found {
  readonly at: Location;
  readonly record: string;
  readonly secrets: readonly string[];
}

/** Calls that change the form and not the content. */
const HANDS_ON = /^(jsonify|make_response|dumps|JSONResponse|Response|dict|list|tuple|_asdict|zip)$/;
/** Calls that make a dictionary of an object, with all that it holds. */
const OPENS = /^(vars|jsonable_encoder)$/;
const FETCHES_OBJECTS =
  /^(get|get_or_404|first_or_404|one|one_or_none|one_or_404|scalar_one|scalar_one_or_none|scalars|scalar)$/;
const FETCHES = /^(fetchall|fetchone|fetch_all|fetch_one|fetch|fetchrow|fetchmany|all|first|mappings)$/;

export interface RowReader {
  readonly python: PythonView;
  readonly methods: Methods;
  readonly tables: Tables;
  /** Whether the framework makes an answer of an object by itself. */
  readonly encodes: boolean;
}

/** Rows and objects as they are stored, which a route answers with as they are. */
export function rowsAnswered(
  { python, methods, tables, encodes }: RowReader,
  start: Frame,
): readonly Found[] {
  const found: Found[] = [];
  const seen = new Set<Expression>();
  const chains = chainsOf(python, methods);
  /** Inside of `vars(…)` and the like an object is opened, whatever the framework does. */
  let isOpened = encodes;
  const opened = (inside: readonly Expression[], frame: Frame): void => {
    const before = isOpened;
    isOpened = true;
    for (const each of inside) follow(each, frame);
    isOpened = before;
  };
  const ofObject = (record: StoredClass | undefined, frame: Frame, at: Span): void => {
    if (isOpened && record) found.push({ at: python.at(frame.scope, at), ...record });
  };
  const asNames = (frame: Frame, name: string, at: Span): void => {
    const given = frame.given.get(name);
    if (given) follow(given.expression, given.frame);
    const sources = frame.sources.get(name) ?? [];
    for (const { expression } of sources) follow(expression, frame);
    const parameter = frame.of.definition.params.find(each => each.name === name);
    if (!given && sources.length === 0 && parameter?.annotation)
      ofObject(storedClass(python, parameter.annotation, frame.of.scope), frame, at);
  };
  const ofStatement = (call: Call, frame: Frame): void => {
    const statement = statementOf(python, call, [], frame);
    if (!statement) return;
    const text = sqlTextOf(statement);
    const where = placeOfText(statement);
    const secrets = secretsSelected(text, tables);
    if (secrets.length > 0)
      found.push({ at: python.at(where.frame.scope, where.expression), record: tableOfSql(text), secrets });
  };
  const ofCall = (call: Call, frame: Frame): void => {
    const word = lastNameOf(call.callee);
    if (isOpened && (FETCHES.test(word) || FETCHES_OBJECTS.test(word)))
      ofObject(askedClass(python, chains.of(call, frame)), frame, call);
    if (FETCHES.test(word)) ofStatement(call, frame);
    else if (OPENS.test(word)) opened(argumentsOf(call), frame);
    else if (HANDS_ON.test(word)) {
      for (const value of argumentsOf(call)) follow(value, frame);
      if (call.callee.kind === 'attribute') follow(call.callee.object, frame);
    } else {
      ofObject(storedClass(python, call.callee, frame.scope), frame, call);
      const inner = frame.depth < 5 ? calledFrame(python, call, frame, methods) : undefined;
      if (inner) returned(inner);
    }
  };
  const follow = (expression: Expression, frame: Frame): void => {
    if (seen.has(expression) || seen.size > 500) return;
    seen.add(expression);
    if (expression.kind === 'name') asNames(frame, expression.name, expression);
    else if (expression.kind === 'call') ofCall(expression, frame);
    else if (expression.kind === 'attribute') {
      if (expression.name === '__dict__') opened([expression.object], frame);
    } else for (const each of handedOn(expression)) follow(each, frame);
  };
  const returned = (frame: Frame): void => {
    for (const statement of statementsIn(frame.of.definition.body))
      if (statement.kind === 'return' && statement.value) follow(statement.value, frame);
  };
  returned(start);
  return found;
}

const argumentsOf = ({ args }: Call): readonly Expression[] => args.map(({ value }) => value);

/** What goes out as a part of an expression, unchanged. */
function handedOn(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'await':
      return [expression.value];
    case 'conditional':
      return [expression.then, expression.otherwise];
    case 'collection':
      return expression.items;
    case 'dictionary':
      return expression.entries.map(({ value }) => value);
    case 'comprehension':
      return isWholeElement(expression.element) ? expression.clauses.map(({ iterable }) => iterable) : [];
    default:
      return [];
  }
}

/** `row`, `dict(row)`, `dict(zip(columns, row))`. */
const isWholeElement = (element: Expression): boolean =>
  element.kind === 'name' ||
  (element.kind === 'call' &&
    /^(dict|vars|_asdict|list|tuple|zip)$/.test(lastNameOf(element.callee)) &&
    element.args.every(({ value, name }) => name === '' && isWholeElement(value)));

/** Secret columns that a statement selects, by name or with `*`. */
function secretsSelected(text: string, tables: Tables): readonly string[] {
  const list = /^\s*SELECT\s+([\s\S]*?)\bFROM\b/i.exec(text)?.[1];
  if (list === undefined) return [];
  const named = list.split(',').map(
    each =>
      each
        .trim()
        .split(/[.\s]+/)
        .find(isSecretColumn) ?? '',
  );
  const bySelf = named.filter(name => name !== '');
  if (bySelf.length > 0) return bySelf;
  return /(^|[,\s.])\*/.test(list) ? (tables.get(tableOfSql(text).toLowerCase()) ?? []) : [];
}
