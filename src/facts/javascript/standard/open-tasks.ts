import { openTasksIn } from '../../code/open-tasks.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** Notes in comments of JavaScript and TypeScript. */
export default defineExtractor({
  id: 'javascript/standard/open-tasks',
  reads: [],
  produces: ['openTask'],
  understands: hasNode,
  extract: ({ node }) => openTasksIn(node),
});
