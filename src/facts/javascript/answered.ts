import type { Location } from '../../model/index.ts';
import type { Argument, Expression } from '../../read/syntax.ts';
import type { FunctionEntity } from '../code/entities.ts';
import { resultsIn } from '../code/results.ts';
import type { CodeView } from '../code/view.ts';
import { writtenAs, type Written } from '../code/written.ts';

/** The function that answers, and the calls that are put around it: `auth(asyncHandler(list))`. */
export interface Answer {
  readonly function: FunctionEntity;
  readonly around: readonly Written[];
}

/** Where a handler stands: its head, or what is written in its place where it cannot be followed. */
export const placeOfAnswer = (
  view: CodeView,
  answer: Answer | undefined,
  { expression, scope }: Written,
): Location =>
  answer ? view.at(answer.function.scope, answer.function.definition.head) : view.at(scope, expression);

const DEEPEST = 6;

/** What a route is given to answer with: a function, one with others around it, or one that a factory makes. */
export function answerOf(view: CodeView, { expression, scope }: Written, depth = 0): Answer | undefined {
  if (depth > DEEPEST) return undefined;
  const behind = writtenAs(view, expression, scope);
  const written = behind.expression;
  if (written.kind === 'function') {
    const entity = view.resolve(expression, scope);
    const isSame = entity?.kind === 'function' && entity.definition === written;
    return {
      function: isSame
        ? entity
        : { kind: 'function', definition: written, scope: behind.scope, self: undefined },
      around: [],
    };
  }
  if (written.kind !== 'call') return undefined;
  const { callee } = written;
  if (callee.kind === 'attribute' && callee.name === 'bind')
    return answerOf(view, { expression: callee.object, scope: behind.scope }, depth + 1);
  for (const value of written.args.flatMap(handedIn)) {
    const inner = mayBeFunction(value)
      ? answerOf(view, { expression: value, scope: behind.scope }, depth + 1)
      : undefined;
    if (inner) return { ...inner, around: [behind, ...inner.around] };
  }
  return madeBy(view, behind, callee, depth);
}

/** What a call is given: each argument, and in options what is named as the handler. */
const handedIn = ({ value }: Argument): readonly Expression[] =>
  value.kind === 'dictionary'
    ? value.entries.flatMap(({ key, value: entry }) =>
        key?.kind === 'string' && HANDLER.test(key.value) ? [entry] : [],
      )
    : [value];

const HANDLER = /^(handler|handle|action|execute|fn|resolver|run)$/;

const mayBeFunction = ({ kind }: Expression): boolean =>
  kind === 'function' || kind === 'name' || kind === 'attribute' || kind === 'call';

/** `getAll(Tour)` of an own `const getAll = Model => wrap(async (req, res) => …)`. */
function madeBy(view: CodeView, { scope }: Written, callee: Expression, depth: number): Answer | undefined {
  const maker = view.resolve(callee, scope);
  if (maker?.kind !== 'function') return undefined;
  const inside = view.code.resolver.insideOf(maker);
  for (const result of resultsIn(maker.definition)) {
    const found = answerOf(view, { expression: result, scope: inside }, depth + 1);
    if (found) return found;
  }
  return undefined;
}
