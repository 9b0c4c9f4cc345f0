const PARTS: Readonly<Record<string, string>> = {
  body: 'request body',
  rawBody: 'request body',
  query: 'query parameters',
  querystring: 'query parameters',
  search: 'query parameters',
  params: 'path parameters',
  headers: 'request headers',
  header: 'request headers',
  cookies: 'cookies',
  files: 'uploaded files',
  file: 'uploaded file',
  url: 'address of the request',
  originalUrl: 'address of the request',
  href: 'address of the request',
  path: 'address of the request',
  host: 'host that the caller names',
  hostname: 'host that the caller names',
  origin: 'host that the caller names',
};

/** What a Koa context holds of its caller. Its `body` is the answer, that of its request what was sent. */
export function koaInput(name: string): string | undefined {
  const found = /^koa\.(?:Context\(\)(\.request|\.req)?|Request\(\))\.(\w+)(\(\))?/.exec(name);
  if (!found) return undefined;
  const [, request, part = '', call] = found;
  const isOfRequest = request !== undefined || name.startsWith('koa.Request');
  if (part === 'get' && call) return PARTS['headers'];
  if (part === 'body' && !isOfRequest) return undefined;
  if (part === 'cookies' && !/\.cookies\.get\(\)/.test(name)) return undefined;
  return Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
}
