import type { JsonAnswer } from '../../../model/index.ts';
import { ask, isHealthRoute, routeName } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';

/** Answers that are no JSON, by what makes them. */
const PAGE =
  /\b(render_template\w*|TemplateResponse|HTMLResponse|PlainTextResponse|RedirectResponse|FileResponse|StreamingResponse|send_file|send_from_directory|generate_latest)\b/;
const JSON_MADE =
  /\b(jsonify|JSONResponse|ORJSONResponse|jsonable_encoder|dumps)\s*\(|\breturn\s*\(?\s*[{[]|application\/json/;
/** What is an answer in JSON and nothing else. */
const JSON_ANSWERED = /\b(jsonify|JSONResponse|ORJSONResponse)\s*\(|application\/json/;
/** Registrations whose results become JSON by themselves. */
const JSON_BY_ITSELF = /^(fastapi|flask_restful|flask_restx|flask_restplus|apiflask|flask_smorest|ninja)\b/;

/** Whether a handler answers with JSON: by what makes its answers, else by what registers it. */
export function answersJson(python: PythonView, { function: of, registration }: Handler): boolean {
  const text = python.textOf(of.scope, of.definition);
  const isPage = PAGE.test(text);
  // A page may well make JSON for a queue.
  if (isPage ? JSON_ANSWERED.test(text) : JSON_MADE.test(text)) return true;
  if (isPage || /\breturn\s*["'f]|\bredirect\(/.test(text)) return false;
  const { call, scope } = registration;
  return (
    JSON_BY_ITSELF.test(python.nameOf(call.callee, scope)) ||
    (python.imports('fastapi') &&
      !python.imports('flask') &&
      !/response_class/.test(python.textOf(scope, call)))
  );
}

/** Routes that answer with JSON. */
export default defineExtractor({
  id: 'python/answers/json',
  reads: [],
  produces: ['jsonAnswer'],
  understands: hasPython,
  *extract({ python }): Generator<JsonAnswer> {
    for (const handler of handlersOf(python)) {
      const { route } = handler;
      if (route.transport !== 'http' || route.reached === 'no' || !answersJson(python, handler)) continue;
      yield {
        kind: 'jsonAnswer',
        at: route.at,
        route: routeName(route),
        // How the service is must be asked anew each time.
        isRead: isHealthRoute(route) === 'yes' ? 'no' : ask(route.methods, verbs => verbs.includes('GET')),
        reached: route.reached,
      };
    }
  },
});
