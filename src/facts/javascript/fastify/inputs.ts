const PARTS: Readonly<Record<string, string>> = {
  body: 'request body',
  query: 'query parameters',
  params: 'path parameters',
  headers: 'request headers',
  cookies: 'cookies',
  url: 'address of the request',
  originalUrl: 'address of the request',
  hostname: 'host that the caller names',
};

/** What a Fastify request holds of its caller. */
export function fastifyInput(name: string): string | undefined {
  const part = /^fastify\.FastifyRequest\(\)\.(\w+)/.exec(name)?.[1] ?? '';
  return Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
}
