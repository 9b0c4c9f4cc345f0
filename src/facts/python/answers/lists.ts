import type { Call, Expression } from '../../../read/syntax.ts';
import type { Location, RowList } from '../../../model/index.ts';
import { known, routeName } from '../../../model/index.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import type { FunctionDefinition } from '../../../read/syntax.ts';
import { lastNameOf } from '../../code/sites.ts';
import { rowsOfSql, tableOfSql } from '../../code/sql-rows.ts';
import type { PythonView } from '../view.ts';
import { chainsOf, type Chains, type Step } from './chain.ts';
import {
  answeredBy,
  calledFrame,
  frameOf,
  methodsOf,
  type Frame,
  type Methods,
  type Part,
} from './frames.ts';
import { capOf } from './page-size.ts';
import { placeOfText, sqlTextOf, statementOf } from './sql.ts';

/** Steps that only queries have. */
const QUERY = new Set([
  'query', 'select', 'filter_by', 'scalars', 'objects', 'order_by', 'execute', 'exec', 'outerjoin', 'where', 'options', 'with_entities',
]); // prettier-ignore
/** Steps after which there is one row or a number. */
const SINGLE = new Set([
  'first', 'one', 'one_or_none', 'scalar', 'scalar_one', 'scalar_one_or_none', 'get', 'get_or_404', 'first_or_404',
  'one_or_404', 'count', 'exists', 'fetchone', 'find_one', 'count_documents', 'group_by', 'distinct', 'find_one_and_update',
]); // prettier-ignore
const BOUNDS = new Set(['limit', 'slice', '[:]', 'paginate', 'apaginate', 'fetchmany', 'top']);
/** A query that is iterated over ends in one of these. */
const ITERATED = new Set([
  'query', 'select', 'execute', 'exec', 'scalars', 'filter', 'filter_by', 'order_by', 'where', 'join', 'options', 'cursor', 'find', 'sort', 'skip', 'limit',
]); // prettier-ignore
const NARROWS = new Set(['filter', 'filter_by', 'where', 'having', 'find']);
const MONGO = ['pymongo', 'motor', 'flask_pymongo', 'mongoengine', 'beanie'];

interface Found {
  readonly at: Location;
  readonly rows: RowList['rows'];
  readonly of: string;
}

interface Reader {
  readonly python: PythonView;
  readonly methods: Methods;
  readonly chains: Chains;
}

/** Names in the conditions of queries that are no values: classes, the library, its functions. */
const NO_VALUE =
  /^([A-Z]\w*|db|sa|sql|func|and_|or_|not_|desc|asc|text|select|exists|true|false|null|models?|orm|sqlalchemy)$/;

const isValue = (expression: Expression): boolean =>
  expressionsIn(expression).some(each => each.kind === 'name' && !NO_VALUE.test(each.name));

/** Whether a condition holds the rows against something that is known at run time only. */
const isNarrowing = ({ name, call }: Step): boolean =>
  NARROWS.has(name) && (call?.args.some(({ value, spread }) => spread !== '' || isValue(value)) ?? false);

/** `user.posts.order_by(…)`: the rows of one owner. */
const isOwned = (steps: readonly Step[]): boolean => {
  const [root] = steps;
  return (
    root !== undefined &&
    /^[a-z]/.test(root.name) &&
    !/^(db|session|s|conn|connection|cursor|cur|engine|self|database|mongo|client)$|session/.test(
      root.name,
    ) &&
    !steps.some(({ name }) => /^(query|select|execute|exec|objects|find|cursor)$/.test(name))
  );
};

/** What an answer in pages comes to, by the end of the page size. */
const ROWS = { capped: 'page', open: 'open-page', unclear: 'unclear' } as const;

function boundOf(python: PythonView, { name, call, frame }: Step): RowList['rows'] {
  const named = (word: string) => call?.args.find(arg => arg.name === word)?.value;
  if (named('max_per_page') !== undefined) return 'page';
  const size = named('per_page') ?? named('size') ?? (name === 'limit' ? call?.args[0]?.value : undefined);
  if (!size) return 'page';
  return ROWS[capOf(python, size, frame)];
}

function ofQuery({ python }: Reader, at: Location, steps: readonly Step[]): Found | undefined {
  if (steps.some(({ name }) => SINGLE.has(name))) return undefined;
  const of = subjectOf(python, steps);
  const bound = steps.find(({ name }) => BOUNDS.has(name));
  if (bound) return { at, of, rows: boundOf(python, bound) };
  const narrowed = isOwned(steps) || steps.some(isNarrowing);
  return { at, of, rows: narrowed ? 'some' : 'all' };
}

/** The model or collection that is asked: `User` of `User.query` and of `select(User)`. */
function subjectOf(python: PythonView, steps: readonly Step[]): string {
  for (const { name, call, frame } of steps) {
    const asked = call && first(call);
    if (/^(query|select)$/.test(name) && asked) return python.textOf(frame.scope, asked).slice(0, 40);
    if (/^[A-Z]\w*$/.test(name) && !call) return name;
  }
  const find = steps.findIndex(({ name }) => name === 'find');
  return find > 0 ? (steps[find - 1]?.name ?? '') : '';
}

function ofStatement(reader: Reader, statement: Part): Found | undefined {
  const { python } = reader;
  const text = sqlTextOf(statement);
  const where = placeOfText(statement);
  const at = python.at(where.frame.scope, where.expression);
  const holes = expressionsIn(where.expression).filter(each => each.kind === 'template');
  const rows = rowsOfSql(text, holes.length > 0);
  if (!rows) return undefined;
  if (rows !== 'bound') return { at, rows, of: tableOfSql(text) };
  const sizes = sizesIn(where);
  const caps = sizes.map(size => capOf(python, size, statement.frame));
  const bounded = caps.includes('open') ? 'open-page' : caps.includes('unclear') ? 'unclear' : 'page';
  return { at, rows: bounded, of: tableOfSql(text) };
}

/** What may stand behind `LIMIT`: names that say so, in the text or beside it. */
const sizesIn = ({ expression }: Part): readonly Expression[] =>
  expressionsIn(expression).filter(
    each => each.kind === 'name' && /limit|size|per_page|count|top/i.test(each.name),
  );

const first = (call: Call): Expression | undefined =>
  call.args.find(arg => arg.name === '' || /^(query|sql|statement)$/.test(arg.name))?.value;

/** Calls that hand out rows, and what they ask for. */
function fetchedBy(reader: Reader, call: Call, frame: Frame): Found | undefined {
  const { python, chains } = reader;
  const { callee } = call;
  const word = lastNameOf(callee);
  if (
    /^(fetchall|fetch_all|fetch|read_sql|read_sql_query|query|all|to_list|find|list|iterate|a?paginate)$/.test(
      word,
    )
  ) {
    const steps = chains.of(call, frame);
    const at = python.at(frame.scope, call);
    const argument = first(call);
    const statement = /^(fetch_all|fetch|read_sql|read_sql_query|query|iterate)$/.test(word)
      ? argument && { expression: argument, frame }
      : statementOf(python, call, steps, frame);
    const found = statement && ofStatement(reader, statement);
    if (found) return found;
    if (callee.kind !== 'attribute') return undefined;
    if (/^a?paginate$/.test(word)) return ofQuery(reader, at, steps);
    if (word === 'all' && steps.some(({ name }) => QUERY.has(name) || name === 'filter'))
      return ofQuery(reader, at, steps);
    if (/^(find|to_list)$/.test(word) && python.imports(...MONGO) && isFind(call)) {
      const size = word === 'to_list' ? argument : undefined;
      const cap = size ? capOf(python, size, frame) : 'unclear';
      if (cap === 'capped') return { at, of: '', rows: 'page' };
      return word === 'to_list' ? ofQuery(reader, at, steps) : undefined;
    }
  }
  return undefined;
}

const isFind = (call: Call): boolean => {
  const [argument] = call.args;
  return lastNameOf(call.callee) !== 'find' || argument?.value.kind !== 'string';
};

/** `client.search(body={"size": size})`: without a size a search engine answers with ten. */
function searchedFor({ python }: Reader, call: Call, frame: Frame): Found | undefined {
  if (lastNameOf(call.callee) !== 'search' || !python.imports('elasticsearch', 'opensearchpy'))
    return undefined;
  const at = python.at(frame.scope, call);
  const named = (word: string) => call.args.find(({ name }) => name === word)?.value;
  const body = named('body') ?? first(call);
  const inBody =
    body?.kind === 'dictionary'
      ? body.entries.find(({ key }) => key?.kind === 'string' && key.value === 'size')?.value
      : undefined;
  const size = named('size') ?? inBody;
  if (!size) return undefined;
  const index = named('index');
  const of = index ? python.textOf(frame.scope, index).slice(0, 40) : '';
  return { at, of, rows: ROWS[capOf(python, size, frame)] };
}

/** `for row in cursor`, `[each for each in User.query]`, `list(collection.find())`. */
function iteratedOver(reader: Reader, expression: Expression, frame: Frame): Found | undefined {
  const { python, chains } = reader;
  if (expression.kind === 'call' && /^(all|fetchall|fetch_all)$/.test(lastNameOf(expression.callee)))
    return undefined;
  const steps = chains.of(expression, frame);
  const last = steps.at(-1);
  if (!last || !ITERATED.has(last.name)) return undefined;
  const statement = statementOf(python, expression, steps, frame);
  const found = statement && ofStatement(reader, statement);
  if (found) return found;
  const isMongo = steps.some(({ name, call }) => name === 'find' && call && isFind(call));
  const isQuery = steps.some(({ name }) => QUERY.has(name) && name !== 'execute');
  return (isMongo && python.imports(...MONGO)) || isQuery
    ? ofQuery(reader, python.at(frame.scope, expression), steps)
    : undefined;
}

/** Templates iterate over what they are given. */
const handedToPage = (python: PythonView, call: Call, { scope }: Frame): readonly Expression[] =>
  lastNameOf(call.callee) === 'render_template' && /^(flask|quart)\./.test(python.nameOf(call.callee, scope))
    ? call.args.flatMap(({ name, value }) => (name === '' ? [] : [value]))
    : [];

/** How many functions of the repository are looked into for one route. */
const MOST_FRAMES = 60;

function listsOf(reader: Reader, start: Frame): readonly Found[] {
  const found = new Map<string, Found>();
  const seen = new Set<FunctionDefinition>();
  const add = (each: Found | undefined) => {
    if (each) found.set(`${each.at.path}:${each.at.startLine}`, each);
  };
  const visit = (frame: Frame): void => {
    if (seen.has(frame.of.definition) || seen.size > MOST_FRAMES || frame.depth > 5) return;
    seen.add(frame.of.definition);
    const { parts, iterated } = answeredBy(frame);
    for (const expression of iterated) add(iteratedOver(reader, expression, frame));
    for (const part of parts) {
      if (part.kind !== 'call') continue;
      for (const listed of handedToPage(reader.python, part, frame)) add(iteratedOver(reader, listed, frame));
      const listed = lastNameOf(part.callee) === 'list' ? first(part) : undefined;
      const fetched =
        (listed && iteratedOver(reader, listed, frame)) ??
        searchedFor(reader, part, frame) ??
        fetchedBy(reader, part, frame);
      add(fetched);
      const inner = fetched ? undefined : calledFrame(reader.python, part, frame, reader.methods);
      if (inner) visit(inner);
    }
  };
  visit(start);
  return [...found.values()];
}

/** Queries for several rows that routes answer with, and how many rows they can come to. */
export default defineExtractor({
  id: 'python/answers/lists',
  reads: [],
  produces: ['rowList'],
  understands: hasPython,
  *extract({ python }): Generator<RowList> {
    const methods = methodsOf(python);
    const reader: Reader = { python, methods, chains: chainsOf(python, methods) };
    for (const { route, function: of } of handlersOf(python)) {
      const verbs = known(route.methods);
      if (route.transport !== 'http' || route.reached === 'no' || (verbs && !verbs.includes('GET'))) continue;
      for (const { at, rows, of: subject } of listsOf(reader, frameOf(of)))
        yield {
          kind: 'rowList',
          at,
          route: routeName(route),
          routeAt: route.at,
          rows,
          of: subject,
          reached: route.reached,
          way: [{ at: route.at, says: `answers ${routeName(route)}` }],
        };
    }
  },
});
