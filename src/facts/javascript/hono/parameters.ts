import type { FunctionDefinition } from '../../../read/syntax.ts';

const TAKES_HANDLERS =
  /^hono\.Hono\(\)(\.basePath\(\))?\.(use|all|get|post|put|patch|delete|options|on|openapi|notFound)$|^hono\/factory\.(createMiddleware|createFactory\(\)\.(createMiddleware|createHandlers))$/;

const HANDLER = ['hono.Context()', 'hono.Next()'];

export const honoTypes: Readonly<Record<string, readonly string[]>> = {
  'hono.Handler': HANDLER,
  'hono.MiddlewareHandler': HANDLER,
};

/** The context and `next` of a handler; what answers errors gets the error first. */
export function honoParameters(callee: string): readonly string[] | undefined {
  if (/^hono\.Hono\(\)(\.basePath\(\))?\.onError$/.test(callee)) return ['', ...HANDLER];
  return TAKES_HANDLERS.test(callee) ? HANDLER : undefined;
}

/** `(c, next)` is so usual that the names tell. */
export function likelyHono({ params }: FunctionDefinition): readonly string[] {
  const [first, second] = params;
  return /^_?c$/.test(first?.name ?? '') && /^_?next$/.test(second?.name ?? '') ? HANDLER : [];
}
