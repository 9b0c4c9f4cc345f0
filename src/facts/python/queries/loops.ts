import type { LoopQuestion, Place, QueryLoop } from '../../../model/index.ts';
import type { Expression, Span, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import { callsOf } from '../../code/flow/flow.ts';
import { isForTask } from '../pools/sharing.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type StatementSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import type { Query } from './query.ts';
import { questionsIn, shortText } from './questions.ts';
import { rowsOf } from './rows.ts';
import { loopTurns, namesIn, taintedBy, type Turn } from './turns.ts';

const PACKAGES = [
  'sqlalchemy',
  'flask_sqlalchemy',
  'sqlmodel',
  'django',
  'psycopg2',
  'psycopg',
  'asyncpg',
  'sqlite3',
  'aiosqlite',
  'pymysql',
  'MySQLdb',
  'mysql',
  'pyodbc',
  'pymssql',
  'cx_Oracle',
  'oracledb',
  'databases',
];
/** In the functions in whose text none of these stands, no query begins. */
const WORDS = ['.query', '.objects', '.scalars', '.execute', '.exec(', '.fetch', '.select('];
/** Programs that people or a scheduler start, and that end. */
const BY_HAND = /(^|\/)(commands?|scripts?|bin|cli|tools|fixtures?|seeds?|populate|fake)(\/|\.py$)/;

interface Loop {
  readonly at: Span;
  readonly over: Expression;
  readonly targets: readonly string[];
  readonly turns: readonly Turn[];
}

/** The loops of one statement: itself, and comprehensions in it. */
function* loopsOf(statement: Statement): Generator<Loop> {
  if (statement.kind === 'for')
    yield {
      at: { start: statement.start, end: statement.iterable.end },
      over: statement.iterable,
      targets: namesIn(statement.target),
      turns: loopTurns(statement.body),
    };
  for (const each of headOf(statement).flatMap(expressionsIn)) {
    if (each.kind !== 'comprehension') continue;
    const [first, ...more] = each.clauses;
    if (!first) continue;
    const parts = [
      each.element,
      ...first.conditions,
      ...more.flatMap(clause => [clause.iterable, ...clause.conditions]),
    ];
    yield {
      at: each,
      over: first.iterable,
      targets: [...namesIn(first.target), ...more.flatMap(clause => namesIn(clause.target))],
      turns: [{ statement: undefined, heads: parts, isMemo: false }],
    };
  }
}

/** Loops over what own functions return stand where none of the words do. */
function sitesOf(python: PythonView): readonly StatementSite[] {
  const sites = new Set(python.statements(...WORDS));
  const givers = new Set<string>();
  for (const { statement, scope } of sites) {
    if (statement.kind !== 'return' || !statement.value || !rowsOf(python, statement.value, scope)) continue;
    const name = functionAround(scope)?.name ?? '';
    if (name.length > 3) givers.add(name);
  }
  if (givers.size > 0)
    for (const site of python.statements(...[...givers].map(name => `${name}(`))) sites.add(site);
  return [...sites];
}

const isCommand = (scope: Scope): boolean =>
  BY_HAND.test(scope.module.path) ||
  (functionAround(scope)?.decorators.some(
    each => lastNameOf(each.kind === 'call' ? each.callee : each) === 'command',
  ) ??
    false);

/** Run by a person or once: how often it asks is no matter. */
function isAside(python: PythonView, { scope, conditions }: StatementSite): boolean {
  const around = functionAround(scope);
  if (!around || python.reached({ scope, conditions }) === 'no' || isCommand(scope)) return true;
  if (isForTask({ scope }) || runsAtStart(python, { scope, conditions }) === 'yes') return true;
  const callers = scope.parent ? callsOf(python).callersOf(around, scope.parent) : [];
  return callers.length > 0 && callers.every(caller => isCommand(caller.scope));
}

function factOf(python: PythonView, loop: Loop, query: Query, site: StatementSite): QueryLoop {
  const { scope } = site;
  const at = python.at(scope, loop.at);
  const over = shortText(python, loop.over, scope);
  const [item = ''] = loop.targets;
  const isOne = loop.targets.length === 1;
  const asks: LoopQuestion[] = [];
  // What was read once in a turn is there.
  const seen = new Set<number | string>();
  const first: Place = { at, says: `for each of ${over}` };
  for (const found of questionsIn(python, {
    scope,
    turns: loop.turns,
    names: taintedBy(loop.targets, loop.turns),
    item: isOne ? item : undefined,
    rows: query,
  })) {
    if (seen.has(found.at.startLine) || seen.has(found.says)) continue;
    seen.add(found.at.startLine).add(found.says);
    asks.push({ ...found, way: [first, ...found.way] });
  }
  return { kind: 'queryLoop', at, over, asks, reached: python.reached(site) };
}

/** Loops over the results of queries, and what each turn asks anew. */
export default defineExtractor({
  id: 'python/queries/loops',
  reads: [],
  produces: ['queryLoop'],
  understands: hasPython,
  *extract({ python }): Generator<QueryLoop> {
    if (!python.imports(...PACKAGES)) return;
    for (const site of sitesOf(python)) {
      for (const loop of loopsOf(site.statement)) {
        const rows = rowsOf(python, loop.over, site.scope);
        if (!rows || isAside(python, site)) continue;
        yield factOf(python, loop, rows, site);
      }
    }
  },
});
