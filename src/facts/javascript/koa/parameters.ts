import type { FunctionDefinition } from '../../../read/syntax.ts';

const TAKES_HANDLERS =
  /^(koa\(\)|@koa\/router\(\))\.(use|all|get|post|put|patch|delete|del|options|head|param)$/;

const HANDLER = ['koa.Context()', 'koa.Next()'];

export const koaTypes: Readonly<Record<string, readonly string[]>> = {
  'koa.Middleware': HANDLER,
  '@koa/router.Middleware': HANDLER,
  '@koa/router.RouterMiddleware': HANDLER,
};

/** The context and `next` of a handler; what looks at a part of the path gets its value first. */
export function koaParameters(callee: string): readonly string[] | undefined {
  if (!TAKES_HANDLERS.test(callee)) return undefined;
  return callee.endsWith('.param') ? ['', ...HANDLER] : HANDLER;
}

/** `(ctx, next)` is so usual that the names tell. */
export function likelyKoa({ params }: FunctionDefinition): readonly string[] {
  const [first, second] = params;
  return /^_?ctx$/.test(first?.name ?? '') && /^_?next$/.test(second?.name ?? '') ? HANDLER : [];
}
