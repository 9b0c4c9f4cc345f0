import type { Location } from '../../../model/index.ts';
import { isSecretColumn } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { calledFrame, type Frame, type Methods } from './frames.ts';
import type { Tables } from './records.ts';
import { placeOfText, sqlTextOf, statementOf, tableOfSql } from './sql.ts';

interface Found {
  readonly at: Location;
  readonly record: string;
  readonly secrets: readonly string[];
}

/** Calls that change the form and not the content. */
const HANDS_ON =
  /^(jsonify|make_response|dumps|JSONResponse|Response|jsonable_encoder|dict|list|tuple|vars|_asdict|zip)$/;
const FETCHES = /^(fetchall|fetchone|fetch_all|fetch_one|fetch|fetchrow|fetchmany|all|first|mappings)$/;

/** Rows as they come out of a statement, which a route answers with as they are. */
export function rowsAnswered(
  python: PythonView,
  methods: Methods,
  start: Frame,
  tables: Tables,
): readonly Found[] {
  const found: Found[] = [];
  const seen = new Set<Expression>();
  const asNames = (frame: Frame, name: string): void => {
    const given = frame.given.get(name);
    if (given) follow(given.expression, given.frame);
    for (const { expression } of frame.sources.get(name) ?? []) follow(expression, frame);
  };
  const ofCall = (call: Call, frame: Frame): void => {
    const word = lastNameOf(call.callee);
    if (FETCHES.test(word)) {
      const statement = statementOf(python, call, [], frame);
      if (!statement) return;
      const text = sqlTextOf(statement);
      const where = placeOfText(statement);
      const secrets = secretsSelected(text, tables);
      if (secrets.length > 0)
        found.push({ at: python.at(where.frame.scope, where.expression), record: tableOfSql(text), secrets });
    } else if (HANDS_ON.test(word)) {
      for (const { value } of call.args) follow(value, frame);
      if (call.callee.kind === 'attribute') follow(call.callee.object, frame);
    } else {
      const inner = frame.depth < 5 ? calledFrame(python, call, frame, methods) : undefined;
      if (inner) returned(inner);
    }
  };
  const follow = (expression: Expression, frame: Frame): void => {
    if (seen.has(expression) || seen.size > 500) return;
    seen.add(expression);
    switch (expression.kind) {
      case 'name':
        asNames(frame, expression.name);
        return;
      case 'await':
        follow(expression.value, frame);
        return;
      case 'conditional':
        follow(expression.then, frame);
        follow(expression.otherwise, frame);
        return;
      case 'collection':
        for (const item of expression.items) follow(item, frame);
        return;
      case 'dictionary':
        for (const { value } of expression.entries) follow(value, frame);
        return;
      case 'comprehension':
        if (isWholeElement(expression.element))
          for (const { iterable } of expression.clauses) follow(iterable, frame);
        return;
      case 'call':
        ofCall(expression, frame);
        return;
      default:
    }
  };
  const returned = (frame: Frame): void => {
    for (const statement of statementsIn(frame.of.definition.body))
      if (statement.kind === 'return' && statement.value) follow(statement.value, frame);
  };
  returned(start);
  return found;
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
