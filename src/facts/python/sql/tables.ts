import { tablesInTexts } from '../../code/sql-tables.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Tables that Python makes by statements of its own, and the columns that its statements search by. */
export default defineExtractor({
  id: 'python/sql/tables',
  reads: [],
  produces: ['schemaTable', 'columnFilter'],
  understands: hasPython,
  extract: ({ python }) => tablesInTexts(python),
});
