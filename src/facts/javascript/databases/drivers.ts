import type { DatabaseDriver } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const DRIVERS: Readonly<Record<string, string>> = {
  pg: 'postgres',
  'pg-promise': 'postgres',
  postgres: 'postgres',
  slonik: 'postgres',
  '@neondatabase/serverless': 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  'mysql2/promise': 'mysql',
  mariadb: 'mysql',
  mssql: 'mssql',
  tedious: 'mssql',
  oracledb: 'oracle',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  sqlite: 'sqlite',
  '@libsql/client': 'sqlite',
  '@louislam/sqlite3': 'sqlite',
  'knex/lib/dialects/sqlite3': 'sqlite',
  'knex/lib/dialects/sqlite3/index.js': 'sqlite',
  'node:sqlite': 'sqlite',
};

/** What options of libraries that speak to several engines call them. */
const NAMED: Readonly<Record<string, string>> = {
  postgres: 'postgres',
  mysql: 'mysql',
  mssql: 'mssql',
  oracle: 'oracle',
  file: 'sqlite',
};

/** Database engines whose drivers the code imports, that it connects to, or that its addresses name. */
export default defineExtractor({
  id: 'javascript/databases/drivers',
  reads: ['databaseConnection'],
  produces: ['databaseDriver'],
  understands: hasNode,
  *extract({ node, facts }): Generator<DatabaseDriver> {
    for (const module of node.modules())
      for (const { module: name, start, isType } of module.tree.mentions.imports) {
        const engine = isType || !Object.hasOwn(DRIVERS, name) ? undefined : DRIVERS[name];
        if (engine !== undefined)
          yield {
            kind: 'databaseDriver',
            at: module.tree.locate({ start, end: start + 1 }),
            engine,
            name,
            reached: node.reach.reachesModule(module),
          };
      }
    for (const { at, engine, callee, reached } of facts.all('databaseConnection')) {
      const named = NAMED[engine];
      if (named !== undefined) yield { kind: 'databaseDriver', at, engine: named, name: callee, reached };
    }
  },
});
