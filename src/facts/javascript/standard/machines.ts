import { machinesIn } from '../../code/machines.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** Literals in JavaScript that name one person's machine. */
export default defineExtractor({
  id: 'javascript/standard/machines',
  reads: [],
  produces: ['machineReference'],
  understands: hasNode,
  *extract({ node }) {
    yield* machinesIn(node);
  },
});
