import type { ErrorAnswer } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import type { Call, Expression, Statement } from '../../../read/syntax.ts';
import { statementsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { handlersOf } from '../handlers.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { calledFrame, frameOf, methodsOf, type Frame, type Methods } from './frames.ts';
import { answersJson } from './json.ts';

/** Members under which answers say what went wrong, the commonest first. */
const SAYS = ['error', 'errors', 'detail', 'message', 'msg', 'reason', 'title', 'description'];

interface Answer {
  readonly at: Expression | Statement;
  readonly shape: string;
}

const isErrorStatus = (expression: Expression | undefined): boolean =>
  (expression?.kind === 'constant' && typeof expression.value === 'number' && expression.value >= 400) ||
  (expression?.kind === 'attribute' &&
    /_(4|5)\d\d_|^(BAD_REQUEST|NOT_FOUND|UNAUTHORIZED|FORBIDDEN|CONFLICT|INTERNAL_SERVER_ERROR|UNPROCESSABLE_\w+)$/.test(
      expression.name,
    ));

/** The member that says what went wrong; empty for a dictionary with none of them. */
function shapeOf(expression: Expression): string {
  if (expression.kind === 'string' || expression.kind === 'template') return 'text';
  const keys =
    expression.kind === 'dictionary'
      ? expression.entries.flatMap(({ key }) => (key?.kind === 'string' ? [key.value] : []))
      : expression.kind === 'call'
        ? keysOfCall(expression)
        : [];
  return SAYS.find(name => keys.includes(name)) ?? '';
}

function keysOfCall(call: Call): readonly string[] {
  const word = lastNameOf(call.callee);
  if (!/^(jsonify|make_response|JSONResponse|dict)$/.test(word)) return [];
  const [first] = call.args.filter(({ name }) => name === '' || name === 'content');
  if (first?.value.kind === 'dictionary') return [shapeOf(first.value)];
  if (first?.value.kind === 'call') return [shapeOf(first.value)];
  return call.args.map(({ name }) => name);
}

/** `return jsonify(error="…"), 400`, `JSONResponse({"error": "…"}, status_code=400)`. */
function ofReturn(value: Expression): Answer | undefined {
  if (value.kind === 'collection' && value.form === 'tuple') {
    const [body, status] = value.items;
    return body && isErrorStatus(status) ? { at: value, shape: shapeOf(body) } : undefined;
  }
  if (value.kind !== 'call' || !/Response$|^make_response$/.test(lastNameOf(value.callee))) return undefined;
  const named = value.args.find(({ name }) => name === 'status_code' || name === 'status')?.value;
  const second = value.args.filter(({ name }) => name === '')[1]?.value;
  return isErrorStatus(named ?? second) ? { at: value, shape: shapeOf(value) } : undefined;
}

/** `raise HTTPException(404, detail="…")` is given the form of the framework. */
function ofRaise(value: Expression, python: PythonView, { scope }: Frame): Answer | undefined {
  if (value.kind !== 'call') return undefined;
  const name = python.nameOf(value.callee, scope);
  if (!/^(fastapi|starlette)\b.*HTTPException$/.test(name)) return undefined;
  const detail = value.args.find(arg => arg.name === 'detail')?.value;
  return { at: value, shape: detail?.kind === 'dictionary' ? `detail.${shapeOf(detail)}` : 'detail' };
}

function* answersIn(python: PythonView, methods: Methods, frame: Frame): Generator<Answer> {
  for (const statement of statementsIn(frame.of.definition.body)) {
    if (statement.kind === 'raise' && statement.value) {
      const raised = ofRaise(statement.value, python, frame);
      if (raised) yield raised;
    }
    if (statement.kind !== 'return' || !statement.value) continue;
    const { value } = statement;
    const own = ofReturn(value);
    if (own?.shape) yield own;
    // `return bad_request("…")`: a helper that makes the answer.
    const inner = !own && value.kind === 'call' ? calledFrame(python, value, frame, methods) : undefined;
    if (!inner || frame.depth > 0) continue;
    const [made] = answersIn(python, methods, inner);
    if (made) yield { at: value, shape: made.shape };
  }
}

/** The forms in which routes that answer with JSON say that something went wrong. */
export default defineExtractor({
  id: 'python/answers/errors',
  reads: [],
  produces: ['errorAnswer'],
  understands: hasPython,
  *extract({ python }): Generator<ErrorAnswer> {
    const methods = methodsOf(python);
    for (const handler of handlersOf(python)) {
      const { route, function: of } = handler;
      if (route.transport !== 'http' || route.reached === 'no' || !answersJson(python, handler)) continue;
      const frame = frameOf(of);
      for (const { at, shape } of answersIn(python, methods, frame))
        yield {
          kind: 'errorAnswer',
          at: python.at(frame.scope, at),
          route: routeName(route),
          shape,
          reached: route.reached,
        };
    }
  },
});
