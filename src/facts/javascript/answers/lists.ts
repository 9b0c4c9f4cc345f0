import type { RowList } from '../../../model/index.ts';
import { known, routeName } from '../../../model/index.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';
import { behindParameter, type Flowing } from './flow.ts';
import { answerFlow } from './of-handler.ts';
import { capOf } from './page-size.ts';

/** What an answer in pages comes to, by the end of the page size. */
const ROWS = { capped: 'page', open: 'open-page', unclear: 'unclear' } as const;

function rowsOf(node: CodeView, handler: Handler, { query, frame }: Flowing): RowList['rows'] {
  const { size, isNarrowed } = query;
  if (size === 'bounded') return 'page';
  if (size) return ROWS[capOf({ node, handler }, behindParameter(node, size, frame), frame)];
  return isNarrowed ? 'some' : 'all';
}

/** Queries for several rows that routes answer with, and how many rows they can come to. */
export default defineExtractor({
  id: 'javascript/answers/lists',
  reads: [],
  produces: ['rowList'],
  understands: hasNode,
  *extract({ node }): Generator<RowList> {
    for (const handler of nodeHandlers(node)) {
      const { route } = handler;
      const verbs = known(route.methods);
      if (route.transport !== 'http' || route.reached === 'no' || (verbs && !verbs.includes('GET'))) continue;
      const found = new Map<string, RowList>();
      for (const flowing of answerFlow(node, handler).rows) {
        const { query, isOne } = flowing;
        if (isOne || !query.reads) continue;
        const at = node.at(query.scope, query.call);
        found.set(`${at.path}:${at.startLine}`, {
          kind: 'rowList',
          at,
          route: routeName(route),
          routeAt: route.at,
          rows: rowsOf(node, handler, flowing),
          of: query.of,
          reached: route.reached,
          way: [{ at: route.at, says: `answers ${routeName(route)}` }],
        });
      }
      yield* found.values();
    }
  },
});
