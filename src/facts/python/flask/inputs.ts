/** Parts of the request that hold what the caller sent. */
const PARTS = [
  'args',
  'form',
  'json',
  'values',
  'files',
  'headers',
  'cookies',
  'data',
  'query_string',
  'stream',
  'view_args',
  'get_json',
  'get_data',
  'json_data',
  'full_path',
  'url',
  'referrer',
];
const OBJECTS = ['flask.request', 'quart.request', 'apiflask.request'];

const WORDS: Readonly<Record<string, string>> = {
  args: 'a query parameter',
  form: 'a form field',
  json: 'the JSON body',
  get_json: 'the JSON body',
  files: 'an uploaded file',
  headers: 'a header',
  cookies: 'a cookie',
  view_args: 'a path parameter',
};

/** What the caller sent, by the canonical name of the expression; `undefined` for everything else. */
export function flaskInput(name: string): string | undefined {
  for (const object of OBJECTS) {
    if (!name.startsWith(`${object}.`)) continue;
    const [part = ''] = name.slice(object.length + 1).split(/[.([]/);
    if (PARTS.includes(part)) return WORDS[part] ?? 'the request';
  }
  return undefined;
}
