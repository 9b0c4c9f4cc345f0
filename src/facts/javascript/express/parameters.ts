import type { FunctionDefinition } from '../../../read/syntax.ts';

const TAKES_HANDLERS =
  /^(express\(\)|express\.Router\(\))(\.route\(\))?\.(use|all|get|post|put|patch|delete|del|options|head|param)$/;

const HANDLER = ['express.Request()', 'express.Response()', 'express.NextFunction()'];

export const expressTypes: Readonly<Record<string, readonly string[]>> = {
  'express.RequestHandler': HANDLER,
  'express.Handler': HANDLER,
  'express.ErrorRequestHandler': ['', ...HANDLER],
};

/** The request, the response and `next` of a handler; one with four parameters gets the error first. */
export function expressParameters(
  callee: string,
  _position: number,
  { params }: FunctionDefinition,
): readonly string[] | undefined {
  if (!TAKES_HANDLERS.test(callee)) return undefined;
  return params.length === 4 && !callee.endsWith('.param') ? ['', ...HANDLER] : HANDLER;
}

/** `(req, res)` and `(err, req, res, next)` are so usual that their names tell. */
export function likelyExpress({ params }: FunctionDefinition): readonly string[] {
  const request = params.findIndex(({ name }) => /^_?req(uest)?$/.test(name));
  const response = params[request + 1]?.name ?? '';
  if (request === -1 || !/^_?res(ponse)?$/.test(response)) return [];
  return [...params.slice(0, request).map(() => ''), ...HANDLER];
}
