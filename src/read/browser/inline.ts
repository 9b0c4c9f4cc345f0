const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi;
const IS_CODE = /\btype\s*=\s*["']?(?!text\/javascript|module|application\/javascript|text\/babel)[\w/+-]/i;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The code of a file at its own place; all else is blank. A page has it in its scripts. */
export function scriptsOf(path: string, text: string): string {
  if (!/\.(html?|jinja2?|j2|vue|svelte|tmpl|tpl)$/i.test(path)) return text;
  let code = '';
  let last = 0;
  for (const match of text.matchAll(SCRIPT)) {
    const [, attributes = '', body = ''] = match;
    if (IS_CODE.test(attributes)) continue;
    const start = match.index + '<script>'.length + attributes.length;
    code += blank(text.slice(last, start)) + withoutTemplate(body);
    last = start + body.length;
  }
  return code + blank(text.slice(last));
}

/** What a template engine fills in is no code: a value becomes a name, a statement becomes blank. */
const withoutTemplate = (code: string): string =>
  code
    .replace(/\{\{[\s\S]*?\}\}/g, value => `$T${blank(value).slice(2)}`)
    .replace(/\{[%#][\s\S]*?[%#]\}/g, blank);
