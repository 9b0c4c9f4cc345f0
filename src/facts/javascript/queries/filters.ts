import type { ColumnFilter } from '../../../model/index.ts';
import { defineExtractor, hasNode, type ServiceView } from '../../define.ts';
import { prismaModels } from '../../schema/prisma.ts';
import { storedModels } from '../models/models.ts';
import { queryAt } from './queries.ts';

const WORDS = [
  'findUnique', 'findUniqueOrThrow', 'findFirst', 'findFirstOrThrow', 'findMany', 'findOne', 'findOneBy', 'findBy', 'find', 'findAll',
  'findAndCountAll', 'findOneOrFail', 'updateMany', 'deleteMany', 'where', 'andWhere', 'count',
]; // prettier-ignore

/** Tables by the names that code asks them by. */
function tablesIn({ node, repository }: ServiceView): ReadonlyMap<string, string> {
  return new Map([
    ...prismaModels(repository).map(({ name, table }) => [name.toLowerCase(), table] as const),
    ...storedModels(node).map(({ name, table }) => [name.toLowerCase(), table] as const),
  ]);
}

/** Columns that queries of builders and models search by. */
export default defineExtractor({
  id: 'javascript/queries/filters',
  reads: [],
  produces: ['columnFilter'],
  understands: hasNode,
  *extract(view): Generator<ColumnFilter> {
    const { node } = view;
    const tables = tablesIn(view);
    const seen = new Set<string>();
    for (const site of node.callsEnding(...WORDS)) {
      const query = queryAt(node, site.call, site.scope);
      if (!query || query.searched.length === 0) continue;
      const at = node.at(site.scope, site.call);
      for (const column of query.searched) {
        // A row of calls is one query, however many of its links are looked at.
        const key = `${at.path}:${at.startLine} ${column}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield {
          kind: 'columnFilter',
          at,
          table: tables.get(query.of.toLowerCase()) ?? query.of,
          column,
          reached: node.reached(site),
        };
      }
    }
  },
});
