import type { ErrorAnswer, Facts } from '../../../model/index.ts';
import { isHealthRoute, routeName } from '../../../model/index.ts';
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
  readonly members: readonly string[];
}

const isErrorStatus = (expression: Expression | undefined): boolean =>
  (expression?.kind === 'constant' && typeof expression.value === 'number' && expression.value >= 400) ||
  (expression?.kind === 'attribute' &&
    /_(4|5)\d\d_|^(BAD_REQUEST|NOT_FOUND|UNAUTHORIZED|FORBIDDEN|CONFLICT|INTERNAL_SERVER_ERROR|UNPROCESSABLE_\w+)$/.test(
      expression.name,
    ));

/** The members that say what went wrong; none for a dictionary without any. */
function membersOf(expression: Expression): readonly string[] {
  if (expression.kind === 'string' || expression.kind === 'template') return ['text'];
  const keys =
    expression.kind === 'dictionary'
      ? expression.entries.flatMap(({ key }) => (key?.kind === 'string' ? [key.value] : []))
      : expression.kind === 'call'
        ? keysOfCall(expression)
        : [];
  return [...SAYS, 'text'].filter(name => keys.includes(name));
}

function keysOfCall(call: Call): readonly string[] {
  const word = lastNameOf(call.callee);
  if (!/^(jsonify|make_response|JSONResponse|dict)$/.test(word)) return [];
  const [first] = call.args.filter(({ name }) => name === '' || name === 'content');
  if (first?.value.kind === 'dictionary' || first?.value.kind === 'call') return membersOf(first.value);
  return call.args.map(({ name }) => name);
}

/** `return jsonify(error="…"), 400`, `JSONResponse({"error": "…"}, status_code=400)`. */
function ofReturn(value: Expression): Answer | undefined {
  if (value.kind === 'collection' && value.form === 'tuple') {
    const [body, status] = value.items;
    return body && isErrorStatus(status) ? { at: value, members: membersOf(body) } : undefined;
  }
  if (value.kind !== 'call' || !/Response$|^make_response$/.test(lastNameOf(value.callee))) return undefined;
  const named = value.args.find(({ name }) => name === 'status_code' || name === 'status')?.value;
  const second = value.args.filter(({ name }) => name === '')[1]?.value;
  return isErrorStatus(named ?? second) ? { at: value, members: membersOf(value) } : undefined;
}

/** `raise HTTPException(404, detail="…")` is given the form of the framework. */
function ofRaise(value: Expression, python: PythonView, { scope }: Frame): Answer | undefined {
  if (value.kind !== 'call') return undefined;
  const name = python.nameOf(value.callee, scope);
  if (!/^(fastapi|starlette)\b.*HTTPException$/.test(name)) return undefined;
  const detail = value.args.find(arg => arg.name === 'detail')?.value;
  const inside = detail?.kind === 'dictionary' ? membersOf(detail).map(name => `detail.${name}`) : [];
  return { at: value, members: inside.length > 0 ? inside : ['detail'] };
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
    if (own && own.members.length > 0) yield own;
    // `return bad_request("…")`: a helper that makes the answer.
    const inner = !own && value.kind === 'call' ? calledFrame(python, value, frame, methods) : undefined;
    if (!inner || frame.depth > 0) continue;
    const [made] = answersIn(python, methods, inner);
    if (made) yield { at: value, members: made.members };
  }
}

/** Whether `abort` answers with the page of the framework: nothing of the service or an extension answers instead. */
const answersPages = (facts: Facts): boolean =>
  !facts.all('errorHandler').some(({ wired, uniform }) => wired !== 'no' && uniform !== 'no');

/** `abort(404)` without an answer of its own. */
function pagesIn(python: PythonView, frame: Frame, hasPages: boolean): readonly Answer[] {
  // Extensions for classes of resources answer it themselves.
  if (!hasPages || frame.of.self) return [];
  return [...statementsIn(frame.of.definition.body)].flatMap(statement => {
    if (statement.kind !== 'expression' || statement.value.kind !== 'call') return [];
    const { callee, args } = statement.value;
    const [status, ...others] = args;
    return isErrorStatus(status?.value) &&
      others.every(({ name }) => /^(description)?$/.test(name)) &&
      python.nameOf(callee, frame.scope) === 'flask.abort'
      ? [{ at: statement.value, members: ['page'] }]
      : [];
  });
}

/** The forms in which routes that answer with JSON say that something went wrong. */
export default defineExtractor({
  id: 'python/answers/errors',
  reads: ['errorHandler'],
  produces: ['errorAnswer'],
  understands: hasPython,
  *extract({ python, facts }): Generator<ErrorAnswer> {
    const methods = methodsOf(python);
    const hasPages = answersPages(facts);
    for (const handler of handlersOf(python)) {
      const { route, function: of } = handler;
      if (route.transport !== 'http' || route.reached === 'no' || !answersJson(python, handler)) continue;
      // What asks whether a service is well reads the status only.
      if (isHealthRoute(route) === 'yes') continue;
      const frame = frameOf(of);
      for (const { at, members } of [
        ...answersIn(python, methods, frame),
        ...pagesIn(python, frame, hasPages),
      ])
        yield {
          kind: 'errorAnswer',
          at: python.at(frame.scope, at),
          route: routeName(route),
          members,
          reached: route.reached,
        };
    }
  },
});
