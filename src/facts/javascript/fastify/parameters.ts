import type { FunctionDefinition } from '../../../read/syntax.ts';

const TAKES_HANDLERS =
  /^fastify\(\)\.(route|get|post|put|patch|delete|options|head|all|addHook|decorate|setNotFoundHandler)$/;
const HANDLER = ['fastify.FastifyRequest()', 'fastify.FastifyReply()'];
const PLUGIN = ['fastify()'];

export const fastifyTypes: Readonly<Record<string, readonly string[]>> = {
  'fastify.FastifyPluginAsync': PLUGIN,
  'fastify.FastifyPluginCallback': PLUGIN,
  'fastify.FastifyPlugin': PLUGIN,
  '@fastify/type-provider-typebox.FastifyPluginAsyncTypebox': PLUGIN,
  '@fastify/type-provider-typebox.FastifyPluginCallbackTypebox': PLUGIN,
  'fastify-type-provider-zod.FastifyPluginAsyncZod': PLUGIN,
  'fastify-type-provider-zod.FastifyPluginCallbackZod': PLUGIN,
  'fastify.RouteHandlerMethod': HANDLER,
  'fastify.preHandlerHookHandler': HANDLER,
  'fastify.onRequestHookHandler': HANDLER,
};

/** A plugin gets the instance; handlers, hooks and what an app is decorated with to be used as one get request and reply. */
export function fastifyParameters(
  callee: string,
  position: number,
  { params }: FunctionDefinition,
): readonly string[] | undefined {
  if (callee === 'fastify().register' || callee === 'fastify-plugin')
    return position === 0 ? PLUGIN : undefined;
  if (callee === 'fastify().setErrorHandler') return ['', ...HANDLER];
  if (!TAKES_HANDLERS.test(callee)) return undefined;
  // `errorHandler` among the options of a route gets the error first.
  return params.length === 3 && /^_?e(rr(or)?)?$/.test(params[0]?.name ?? '') ? ['', ...HANDLER] : HANDLER;
}

/** Plugins that are loaded by their place, and handlers: `(fastify, opts)`, `(request, reply)`. */
export function likelyFastify({ params }: FunctionDefinition): readonly string[] {
  const [first = '', second = ''] = params.map(({ name }) => name);
  if (/^_?req(uest)?$/.test(first) && /^_?reply$/.test(second)) return HANDLER;
  const isPlugin =
    first === 'fastify' || (/^(app|server|instance)$/.test(first) && /^_?(opts|options)$/.test(second));
  return isPlugin ? PLUGIN : [];
}
