import { jsonAnswers } from '../../code/json-answers.ts';
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
  extract: ({ python }) => jsonAnswers(handlersOf(python), handler => answersJson(python, handler)),
});
