import type { CallSite } from '../code/sites.ts';
import type { CodeView } from '../code/view.ts';

/** Objects by which frameworks answer: the response of Express, the reply of Fastify, the context of Koa and Hono. */
const ANSWERS =
  /^(express\.Response\(\)|fastify\.FastifyReply\(\)|(koa|koa\.Context|hono|hono\.Context|@koa\/router)\b.*\(\)|http\.ServerResponse\(\))/;
/** What they are called where nobody can tell where they come from. */
const USUAL = /^_?(res|response|reply|ctx|context|c)$/;

/** Calls of these methods on what answers a request: `res.redirect(…)`, `reply.code(302).redirect(…)`. */
export const answersEnding = (node: CodeView, ...words: readonly string[]): readonly CallSite[] =>
  node.callsEnding(...words).filter(site => {
    const { callee } = site.call;
    if (callee.kind !== 'attribute') return false;
    const name = node.nameOf(callee.object, site.scope);
    if (ANSWERS.test(name)) return true;
    return name === '' && callee.object.kind === 'name' && USUAL.test(callee.object.name);
  });
