import { tablesInTexts } from '../../code/sql-tables.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { storedModels } from '../models/models.ts';

/** Tables that JavaScript makes by statements of its own, and the columns that its statements search by. */
export default defineExtractor({
  id: 'javascript/sql/tables',
  reads: [],
  produces: ['schemaTable', 'columnFilter'],
  understands: hasNode,
  *extract({ node }) {
    const described = new Set(storedModels(node).map(({ table }) => table.toLowerCase()));
    for (const fact of tablesInTexts(node))
      // What versions make and a model describes is one table.
      if (fact.kind === 'columnFilter' || !described.has(fact.name.toLowerCase())) yield fact;
  },
});
