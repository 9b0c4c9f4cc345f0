const TAKES_HANDLERS = /^fastify\(\)\.(get|post|put|patch|delete|options|head|all|route)$/;
const HANDLER = ['fastify.FastifyRequest()', 'fastify.FastifyReply()'];

/** A plugin gets the instance; handlers and hooks get request and reply. */
export function fastifyParameters(callee: string, position: number): readonly string[] | undefined {
  if (callee === 'fastify().register' || callee === 'fastify-plugin')
    return position === 0 ? ['fastify()'] : undefined;
  if (callee === 'fastify().setErrorHandler') return ['', ...HANDLER];
  return TAKES_HANDLERS.test(callee) ||
    callee === 'fastify().addHook' ||
    callee === 'fastify().setNotFoundHandler'
    ? HANDLER
    : undefined;
}
