import type { Stub } from '../../../model/index.ts';
import type { Statement } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { lastNameOf } from '../../code/sites.ts';
import { stubOf, type StubSigns } from '../../code/stubs.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';

const raisesUnwritten = (statement: Statement): boolean =>
  statement.kind === 'raise' &&
  statement.value !== undefined &&
  lastNameOf(statement.value.kind === 'call' ? statement.value.callee : statement.value) ===
    'NotImplementedError';

const FIGURES = /^random\.(randint|uniform|gauss|random|randrange|normalvariate)$|^numpy\.random\./;

const signsIn = (python: PythonView): StubSigns => ({
  unwritten: statement => (raisesUnwritten(statement) ? 'raises NotImplementedError' : ''),
  answers: statement => (statement.kind === 'return' && statement.value ? [statement.value] : []),
  figures: (answer, inside) =>
    expressionsIn(answer).filter(
      each => each.kind === 'call' && FIGURES.test(python.nameOf(each.callee, inside)),
    ),
  plain:
    /^(jsonify|dict|list|str|int|JSONResponse|render_template|get|isoformat|now|utcnow|get_json|len|range|append)$/,
  mayBeEmpty: false,
});

/** Routes that are reached and whose handlers do not do what they are for. */
export default defineExtractor({
  id: 'python/standard/stubs',
  reads: [],
  produces: ['stub'],
  understands: hasPython,
  *extract({ python }): Generator<Stub> {
    const signs = signsIn(python);
    for (const { route, function: of } of handlersOf(python)) {
      if (route.reached === 'no' || route.transport === 'event') continue;
      const stub = stubOf(python, route, of, signs);
      if (stub) yield stub;
    }
  },
});
