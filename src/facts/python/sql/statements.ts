import { statementsIn, type SqlWords } from '../../code/sql-statements.ts';
import { defineExtractor, hasPython } from '../../define.ts';

const WORDS: SqlWords = {
  executors: ['execute', 'executemany', 'executescript', 'exec_driver_sql', 'execute_sql'],
  likely: [
    'fetch', 'fetchrow', 'fetchval', 'fetch_one', 'fetch_all', 'fetch_val', 'iterate', 'raw', 'query', 'sql',
    'read_sql', 'read_sql_query', 'scalar', 'scalars', 'exec', 'prepare', 'run_query', 'from_statement', 'mogrify',
  ],
  executes: ['read_sql', 'read_sql_query', 'run_query', 'mogrify'],
  readers: /^(pandas|duckdb|polars)\./,
  pieces: view => view.calls('sqlalchemy.text', 'sqlalchemy.sql.text', 'sqlalchemy.sql.expression.text'),
  textOf: ({ call }) =>
    call.args.find(arg => arg.name === '' || /^(sql|query|statement|text)$/.test(arg.name))?.value,
}; // prettier-ignore

/** Statements that Python code executes, and what their text is made of. */
export default defineExtractor({
  id: 'python/sql/statements',
  reads: [],
  produces: ['sqlText'],
  understands: hasPython,
  extract: ({ python }) => statementsIn(python, WORDS),
});
