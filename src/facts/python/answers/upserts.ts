import type { Location, Upsert } from '../../../model/index.ts';
import { known, routeName } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';
import { calledFrame, frameOf, methodsOf, type Frame, type Methods } from './frames.ts';

interface Made {
  readonly at: Location;
  readonly of: string;
}

/** `not artist`, `artist is None`, `artist == None`. */
const isMissing = (test: Expression): boolean =>
  (test.kind === 'unary' && test.operator === 'not') ||
  (test.kind === 'binary' &&
    /^(is|==)$/.test(test.operator) &&
    test.right.kind === 'constant' &&
    test.right.value === null);

/** What the caller gave as the number: a parameter of the handler, or what it hands on. */
const isGiven = (expression: Expression, frame: Frame): boolean =>
  expression.kind === 'name' &&
  (frame.depth === 0
    ? frame.of.definition.params.some(({ name }) => name === expression.name)
    : frame.given.has(expression.name));

/** `Artist(id=artist_id, …)` where none was found. */
function* madeIn(python: PythonView, methods: Methods, frame: Frame): Generator<Made> {
  for (const statement of statementsIn(frame.of.definition.body)) {
    if (statement.kind === 'if' && isMissing(statement.test))
      for (const inner of statementsIn(statement.body))
        for (const each of headOf(inner).flatMap(expressionsIn)) {
          if (each.kind !== 'call') continue;
          const id = each.args.find(({ name }) => /^(id|_id|pk|\w+_id)$/.test(name));
          const entity =
            id && isGiven(id.value, frame) ? python.resolve(each.callee, frame.scope) : undefined;
          if (entity?.kind === 'class')
            yield { at: python.at(frame.scope, each), of: entity.definition.name };
        }
    if (frame.depth > 1) continue;
    for (const each of headOf(statement).flatMap(expressionsIn)) {
      const inner = each.kind === 'call' ? calledFrame(python, each, frame, methods) : undefined;
      if (inner) yield* madeIn(python, methods, inner);
    }
  }
}

const SAYS_SO = /\b(creat\w+|upsert\w*|insert\w*|adds?)\b/i;

/** `PUT` handlers that make a row under the number in the path when there is none. */
export default defineExtractor({
  id: 'python/answers/upserts',
  reads: [],
  produces: ['upsert'],
  understands: hasPython,
  *extract({ python }): Generator<Upsert> {
    const methods = methodsOf(python);
    for (const { route, function: of, registration } of handlersOf(python)) {
      const verbs = known(route.methods);
      if (route.transport !== 'http' || route.reached === 'no' || !verbs?.includes('PUT')) continue;
      const [first] = of.definition.body;
      const doc =
        first?.kind === 'expression' && first.value.kind === 'string'
          ? first.value.value
          : python.textOf(registration.scope, registration.call);
      for (const { at, of: model } of madeIn(python, methods, frameOf(of)))
        yield {
          kind: 'upsert',
          at,
          route: routeName(route),
          of: model,
          isDocumented: SAYS_SO.test(doc) ? 'yes' : 'no',
          reached: route.reached,
          way: [{ at: route.at, says: `answers ${routeName(route)}` }],
        };
    }
  },
});
