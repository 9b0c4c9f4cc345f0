const PARTS: Readonly<Record<string, string>> = {
  body: 'request body',
  query: 'query parameters',
  params: 'path parameters',
  headers: 'request headers',
  cookies: 'cookies',
  files: 'uploaded files',
  file: 'uploaded file',
  originalUrl: 'address of the request',
  url: 'address of the request',
  path: 'address of the request',
  hostname: 'host that the caller names',
};

/** What an Express request holds of its caller. */
export function expressInput(name: string): string | undefined {
  const part = /^express\.Request\(\)\.(\w+)/.exec(name)?.[1] ?? '';
  if (/^express\.Request\(\)\.(get|header|param)\(\)/.test(name)) return PARTS['headers'];
  return Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
}
