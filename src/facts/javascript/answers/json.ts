import { jsonAnswers } from '../../code/json-answers.ts';
import { defineExtractor } from '../../define.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { readsFramework } from '../frameworks.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';

/** Answers that are no JSON, by what makes them. */
const PAGE = /\.(render|sendFile|sendfile|redirect|download|view|pipe|html)\s*\(|text\/(html|plain|csv|xml)/;
const JSON_MADE = /\.jsonp?\s*\(|\.send\(\s*[{[]|\bbody\s*=\s*[{[]|application\/json/;
/** Registrations whose results become JSON by themselves. */
const JSON_BY_ITSELF = /^(fastify\(\)|@nestjs\/common\.)/;

/** Whether a handler answers with JSON: by what makes its answers, else by what registers it. */
export function answersJson(node: CodeView, { function: of, registration }: Handler): boolean {
  if (!of) return false;
  const text = node.textOf(of.scope, of.definition);
  if (JSON_MADE.test(text)) return true;
  if (PAGE.test(text)) return false;
  const isByItself =
    registration && JSON_BY_ITSELF.test(node.nameOf(registration.call.callee, registration.scope));
  return (
    isByItself === true || node.callsWithin(of, 2).some(site => /^jsonp?$/.test(lastNameOf(site.call.callee)))
  );
}

/** Routes that answer with JSON. */
export default defineExtractor({
  id: 'javascript/answers/json',
  reads: [],
  produces: ['jsonAnswer'],
  understands: readsFramework,
  extract: ({ node }) => jsonAnswers(nodeHandlers(node), handler => answersJson(node, handler)),
});
