/** Signs that move the cursor, hide text or turn its direction. Line ends and tabs stay. */
const HIDING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const shown = (text: string): string =>
  text.replace(HIDING, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same data with every text such that a reader sees all of it. */
export function visible<T>(data: T): T {
  return shownDeep(data) as T;
}

function shownDeep(data: unknown): unknown {
  if (typeof data === 'string') return shown(data);
  if (Array.isArray(data)) return data.map(shownDeep);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shownDeep(value)]));
}
