import type { FunctionDefinition } from '../../../read/syntax.ts';

/** A function that is called like a method and takes a request answers a route of Next.js. */
export const likelyNext = ({ name, params }: FunctionDefinition): readonly string[] =>
  /^(GET|POST|PUT|PATCH|DELETE)$/.test(name) && /^_?req(uest)?$/.test(params[0]?.name ?? '')
    ? ['next/server.NextRequest()']
    : [];
