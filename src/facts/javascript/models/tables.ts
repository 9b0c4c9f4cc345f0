import { defineExtractor, hasNode } from '../../define.ts';
import { tableOf } from './model.ts';
import { storedModels } from './models.ts';

/** Tables that models of TypeORM, Sequelize and Drizzle describe, and those that migrations in code make. */
export default defineExtractor({
  id: 'javascript/models/tables',
  reads: [],
  produces: ['schemaTable'],
  understands: hasNode,
  // Collections have no foreign keys and no schema that is migrated.
  extract: ({ node }) =>
    storedModels(node)
      .filter(({ isRelational }) => isRelational)
      .map(tableOf),
});
