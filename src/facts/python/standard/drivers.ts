import type { DatabaseDriver } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';

const DRIVERS: Readonly<Record<string, string>> = {
  psycopg2: 'postgres',
  psycopg: 'postgres',
  asyncpg: 'postgres',
  pg8000: 'postgres',
  aiopg: 'postgres',
  pymysql: 'mysql',
  MySQLdb: 'mysql',
  aiomysql: 'mysql',
  asyncmy: 'mysql',
  flask_mysqldb: 'mysql',
  pymssql: 'mssql',
  sqlite3: 'sqlite',
  aiosqlite: 'sqlite',
  cx_Oracle: 'oracle',
  oracledb: 'oracle',
};

const SCHEMES: readonly (readonly [RegExp, string])[] = [
  [/^postgres/, 'postgres'],
  [/^mysql|^mariadb/, 'mysql'],
  [/^mssql/, 'mssql'],
  [/^sqlite/, 'sqlite'],
  [/^oracle/, 'oracle'],
];

/** Database engines whose drivers the code imports, or that its connection strings name. */
export default defineExtractor({
  id: 'python/standard/drivers',
  reads: [],
  produces: ['databaseDriver'],
  understands: hasPython,
  *extract({ python }): Generator<DatabaseDriver> {
    for (const { statement, scope, conditions } of python.statements(
      ...Object.keys(DRIVERS),
      'mysql.connector',
    )) {
      const names =
        statement.kind === 'import'
          ? statement.modules.map(({ module }) => module)
          : statement.kind === 'import-from' && statement.level === 0
            ? [statement.module]
            : [];
      for (const name of names) {
        const engine =
          DRIVERS[name.split('.')[0] ?? ''] ??
          (name.startsWith('mysql.connector') || name === 'mysql' ? 'mysql' : undefined);
        if (engine)
          yield {
            kind: 'databaseDriver',
            at: python.at(scope, statement),
            engine,
            name,
            reached: python.reached({ scope, conditions }),
          };
      }
    }
    for (const module of python.modules())
      for (const match of module.file.text.matchAll(
        /["'f]((?:postgres(?:ql)?|mysql|mariadb|mssql|sqlite|oracle)(?:\+\w+)?:\/\/)/g,
      )) {
        const engine = SCHEMES.find(([pattern]) => pattern.test(match[1] ?? ''))?.[1];
        if (engine)
          yield {
            kind: 'databaseDriver',
            at: module.tree.locate({ start: match.index, end: match.index + 1 }),
            engine,
            name: match[1] ?? '',
            reached: python.reach.reachesModule(module),
          };
      }
    for (const module of python.modules())
      for (const match of module.file.text.matchAll(
        /DRIVER=\{?(ODBC Driver \d+ for SQL Server|SQL Server|PostgreSQL|MySQL)/gi,
      ))
        yield {
          kind: 'databaseDriver',
          at: module.tree.locate({ start: match.index, end: match.index + 1 }),
          engine: /sql server/i.test(match[1] ?? '')
            ? 'mssql'
            : /postgres/i.test(match[1] ?? '')
              ? 'postgres'
              : 'mysql',
          name: match[1] ?? '',
          reached: python.reach.reachesModule(module),
        };
  },
});
