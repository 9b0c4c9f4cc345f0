import { machinesIn } from '../../code/machines.ts';
import { defineExtractor, hasPython } from '../../define.ts';

/** Literals in Python that name one person's machine. */
export default defineExtractor({
  id: 'python/standard/machines',
  reads: [],
  produces: ['machineReference'],
  understands: hasPython,
  *extract({ python }) {
    yield* machinesIn(python);
  },
});
