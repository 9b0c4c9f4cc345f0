import type { Call } from '../../../read/syntax.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { drizzleQuery } from './drizzle.ts';
import { knexQuery } from './knex.ts';
import { kyselyQuery } from './kysely.ts';
import { mikroOrmQuery } from './mikro-orm.ts';
import { mongooseQuery } from './mongoose.ts';
import { prismaQuery } from './prisma.ts';
import { chainAt, type Chain, type Query, type QueryReader } from './query.ts';
import { sequelizeQuery } from './sequelize.ts';
import { sqlQuery } from './sql.ts';
import { typeormQuery } from './typeorm.ts';

/** Each library has its reader; text in the words of SQL is sure, names of methods come after it. */
const READERS: readonly QueryReader[] = [
  sqlQuery,
  kyselyQuery,
  knexQuery,
  drizzleQuery,
  prismaQuery,
  sequelizeQuery,
  typeormQuery,
  mikroOrmQuery,
  mongooseQuery,
];

/** The question that a call asks, whichever library sends it. */
export function queryAt(node: CodeView, call: Call, scope: Scope, given?: Chain['given']): Query | undefined {
  const chain = chainAt(node, call, scope, given);
  for (const read of READERS) {
    const query = read(node, chain);
    if (query) return query;
  }
  return undefined;
}
