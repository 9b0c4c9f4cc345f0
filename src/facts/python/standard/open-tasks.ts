import { openTasksIn } from '../../code/open-tasks.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Notes in comments of Python. */
export default defineExtractor({
  id: 'python/standard/open-tasks',
  reads: [],
  produces: ['openTask'],
  understands: hasPython,
  extract: ({ python }) => openTasksIn(python),
});
