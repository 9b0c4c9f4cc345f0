const IS_CODE = /\btype\s*=\s*["']?(?!text\/javascript|module|application\/javascript|text\/babel)[\w/+-]/i;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The code of a file at its own place; all else is blank. A page has it in its scripts. */
export function scriptsOf(path: string, text: string): string {
  if (!/\.(html?|jinja2?|j2|vue|svelte|tmpl|tpl)$/i.test(path)) return text;
  const small = text.toLowerCase();
  let code = '';
  let last = 0;
  for (let at = small.indexOf('<script'); at !== -1; at = small.indexOf('<script', last)) {
    const start = small.indexOf('>', at) + 1;
    const end = start === 0 ? -1 : small.indexOf('</script', start);
    if (end === -1) break;
    const attributes = text.slice(at, start);
    const body = text.slice(start, end);
    code += blank(text.slice(last, start)) + (IS_CODE.test(attributes) ? blank(body) : withoutTemplate(body));
    last = end;
  }
  return code + blank(text.slice(last));
}

/** What a template engine fills in is no code: a value becomes a name, a statement becomes blank. */
const withoutTemplate = (code: string): string =>
  code
    .replace(/\{\{[\s\S]{0,400}?\}\}/g, value => `$T${blank(value).slice(2)}`)
    .replace(/\{[%#][\s\S]{0,400}?[%#]\}/g, blank);
