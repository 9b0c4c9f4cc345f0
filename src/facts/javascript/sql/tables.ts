import { tablesInTexts } from '../../code/sql-tables.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** Tables that JavaScript makes by statements of its own, and the columns that its statements search by. */
export default defineExtractor({
  id: 'javascript/sql/tables',
  reads: [],
  produces: ['schemaTable', 'columnFilter'],
  understands: hasNode,
  extract: ({ node }) => tablesInTexts(node),
});
