import type { Stub } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import type { Expression, FunctionDefinition, Statement } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const isText = (statement: Statement): boolean =>
  statement.kind === 'expression' &&
  (statement.value.kind === 'string' || statement.value.kind === 'constant');

const raisesUnwritten = (statement: Statement | undefined): boolean =>
  statement?.kind === 'raise' &&
  statement.value !== undefined &&
  lastNameOf(statement.value.kind === 'call' ? statement.value.callee : statement.value) ===
    'NotImplementedError';

/** The first statement that does something. */
const begins = (definition: FunctionDefinition): Statement | undefined =>
  definition.body.find(statement => !isText(statement));

const isEmpty = (definition: FunctionDefinition): boolean =>
  definition.body.every(
    statement => isText(statement) || (statement.kind === 'simple' && statement.word === 'pass'),
  );

/** Figures out of a random generator, given as an answer. Random keys, samples and waits are no figures. */
const FIGURES = /^random\.(randint|uniform|gauss|random|randrange|normalvariate)$|^numpy\.random\./;

/** Words by which authors say of their own code that it only stands in for something. */
const STANDS_IN =
  /#.*\b(mock(ed)?|dummy|fake|placeholder|stub(bed)?|hard-?coded|simulated?|canned|not (yet )?implemented|in a real (implementation|system|application)|for now,? (just |simply )?return)\b/i;

function randomAnswer(python: PythonView, { function: of }: Handler): Expression | undefined {
  const inside = of.scope.inner(of.definition);
  for (const statement of statementsIn(of.definition.body)) {
    if (statement.kind !== 'return' || !statement.value) continue;
    for (const each of expressionsIn(statement.value))
      if (each.kind === 'call' && FIGURES.test(python.nameOf(each.callee, inside))) return each;
  }
  return undefined;
}

/** It says that it stands in for something, and answers with values that are written there. */
function cannedAnswer({ function: of }: Handler): Statement | undefined {
  const { definition, scope } = of;
  const { tree } = scope.module;
  const comment = tree.comments.find(
    each =>
      each.start > definition.head.end && each.end < definition.end && STANDS_IN.test(tree.textOf(each)),
  );
  if (!comment) return undefined;
  const statements = [...statementsIn(definition.body)];
  const calls = statements
    .flatMap(headOf)
    .flatMap(expressionsIn)
    .filter(each => each.kind === 'call');
  const isWritten = calls.every(each =>
    /^(jsonify|dict|list|str|int|JSONResponse|render_template|get|isoformat|now|utcnow|get_json|len|range|append)$/.test(
      lastNameOf(each.callee),
    ),
  );
  return isWritten ? statements.find(({ kind }) => kind === 'return') : undefined;
}

/** Own functions that a handler calls and that only say that they are not written. */
function unwrittenBelow(python: PythonView, { function: of }: Handler): FunctionDefinition | undefined {
  for (const { call, scope } of python.callsWithin(of, 0)) {
    const callee = python.resolve(call.callee, scope);
    // A method may be overridden below, unless it is seen of which class the object was made.
    const isExact = (self: FunctionEntity['self']) =>
      self === undefined || (self.kind === 'object' && self.made !== undefined);
    if (callee?.kind === 'function' && isExact(callee.self) && raisesUnwritten(begins(callee.definition)))
      return callee.definition;
  }
  return undefined;
}

function stubOf(python: PythonView, handler: Handler): Stub | undefined {
  const { function: of, route } = handler;
  const { definition, scope } = of;
  const made = (at: { start: number; end: number }, says: string): Stub => ({
    kind: 'stub',
    at: python.at(scope, at),
    route: routeName(route),
    says,
    way: [],
  });
  if (isEmpty(definition)) return made(definition.head, 'its handler is empty');
  const first = begins(definition);
  if (first && raisesUnwritten(first)) return made(first, 'its handler raises NotImplementedError');
  const below = unwrittenBelow(python, handler);
  if (below) return made(definition.head, `it calls ${below.name}, which raises NotImplementedError`);
  const figure = randomAnswer(python, handler);
  if (figure) return made(figure, 'it answers with random figures');
  const canned = cannedAnswer(handler);
  return canned
    ? made(canned, 'it answers with values that stand in for real ones, as its comment says')
    : undefined;
}

/** Routes that are reached and whose handlers do not do what they are for. */
export default defineExtractor({
  id: 'python/standard/stubs',
  reads: [],
  produces: ['stub'],
  understands: hasPython,
  *extract({ python }): Generator<Stub> {
    for (const handler of handlersOf(python)) {
      if (handler.route.reached === 'no' || handler.route.transport === 'event') continue;
      const stub = stubOf(python, handler);
      if (stub) yield stub;
    }
  },
});
