const READERS: Readonly<Record<string, string>> = {
  json: 'request body',
  text: 'request body',
  parseBody: 'request body',
  formData: 'request body',
  arrayBuffer: 'request body',
  blob: 'request body',
  query: 'query parameters',
  queries: 'query parameters',
  param: 'path parameters',
  header: 'request headers',
  valid: 'request that fits its description',
};

const PARTS: Readonly<Record<string, string>> = {
  url: 'address of the request',
  path: 'address of the request',
  raw: 'request',
};

/** What the request of a Hono context holds of its caller. */
export function honoInput(name: string): string | undefined {
  if (name.startsWith('hono/cookie.getCookie()')) return 'cookies';
  const [, part = '', call] = /^hono\.Context\(\)\.req\.(\w+)(\(\))?/.exec(name) ?? [];
  const found = call ? READERS : PARTS;
  return Object.hasOwn(found, part) ? found[part] : undefined;
}
