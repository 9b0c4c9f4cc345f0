import type { DomWrite, RawOutput, Repository, SourceFile } from '../../model/index.ts';
import { scriptIn, type Script } from '../../read/browser/script.ts';
import type { Call, Expression, Span } from '../../read/syntax.ts';
import { defineDocumentExtractor } from '../define.ts';
import { dataOf, lastWord } from './data.ts';

const SINKS =
  /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc|\.(html|append|prepend|before|after)\s*\(|dangerouslySetInnerHTML/;
const CODE = /\.([cm]?[jt]sx?|html?|jinja2?|j2|vue|svelte)$/i;

/** Libraries that lie in the tree are their makers' business. */
const LIBRARY =
  /(^|\/)(vendors?|libs?|plugins?|third[-_]?party|bower_components)\/|(jquery|bootstrap|angular|react|vue|d3|chart|moment|lodash|swagger-ui|htmx|alpine|popper|leaflet|select2|datatables|ckeditor|tinymce|three)[\w.-]*\.js$|(^|\/)(htmlcov|coverage)\//i;
const LONGEST = 600_000;

const isOwnCode = ({ path, role, text }: SourceFile): boolean =>
  (role === 'production' || role === 'script') &&
  CODE.test(path) &&
  !LIBRARY.test(path) &&
  text.length < LONGEST &&
  !/^\s*\/\*!|@license|@preserve/.test(text.slice(0, 600)) &&
  !/\.config\.[cm]?[jt]s$|(^|\/)(server|gulpfile|webpack)[\w.-]*\.js$/.test(path);

/** A file of one endless line was written by a tool. */
const isWritten = ({ text }: SourceFile): boolean => text.length / (text.split('\n').length + 1) < 400;

/** Browser code that makes HTML out of text, and what the text is made of. */
export default defineDocumentExtractor({
  id: 'browser/dom-writes',
  produces: ['domWrite', 'rawOutput'],
  *extract(repository: Repository): Generator<DomWrite | RawOutput> {
    const files = repository.files.filter(file => CODE.test(file.path) && isOwnCode(file) && isWritten(file));
    if (!files.some(file => SINKS.test(file.text))) return;
    // Functions that escape may stand in files that write nothing themselves.
    const helpers = files.filter(file => SINKS.test(file.text) || /escape|sanitiz|sanitis/i.test(file.text));
    const scripts = helpers.map(scriptIn);
    for (const script of scripts) {
      yield* assigned(script, scripts);
      yield* called(script, scripts);
      for (const { name, value, span } of script.attributes) {
        if (name !== 'dangerouslySetInnerHTML' || value.kind !== 'dictionary') continue;
        const html = value.entries.find(({ key }) => key?.kind === 'string' && key.value === '__html')?.value;
        const data = html && dataOf(html, script, scripts);
        if (data)
          yield {
            kind: 'rawOutput',
            at: script.locate(span),
            way: name,
            what: script.textOf(html).slice(0, 60),
            data: data.kind === 'data' && isInStyle(script, span) ? 'unclear' : data.kind,
          };
      }
    }
  },
});

/** What stands in a style or in data for search engines is no markup, as long as it does not end the element. */
const isInStyle = (script: Script, { start }: Span): boolean =>
  /<(style|script)\b[^<>]*$/.test(script.textOf({ start: Math.max(0, start - 300), end: start }));

function fact(
  script: Script,
  scripts: readonly Script[],
  sink: string,
  value: Expression,
  span: Span,
): DomWrite {
  const { kind, parts } = dataOf(value, script, scripts);
  return { kind: 'domWrite', at: script.locate(span), sink, data: kind, parts };
}

function* assigned(script: Script, scripts: readonly Script[]): Generator<DomWrite> {
  for (const { target, value, span } of script.writes)
    if (target.kind === 'attribute' && /^(innerHTML|outerHTML|srcdoc)$/.test(target.name))
      yield fact(script, scripts, target.name, value, span);
}

function* called(script: Script, scripts: readonly Script[]): Generator<DomWrite> {
  for (const call of script.calls) {
    const value = htmlOf(call);
    if (value) yield fact(script, scripts, sinkOf(call), value, call);
  }
}

const sinkOf = ({ callee }: Call): string => {
  const word = lastWord(callee);
  return /^write(ln)?$/.test(word) ? `document.${word}` : word === 'html' ? '.html()' : word;
};

/** The argument that becomes HTML. */
function htmlOf({ callee, args }: Call): Expression | undefined {
  if (callee.kind !== 'attribute') return undefined;
  const { name, object } = callee;
  if (name === 'insertAdjacentHTML') return args[1]?.value;
  if (name === 'createContextualFragment') return args[0]?.value;
  if (/^write(ln)?$/.test(name))
    return object.kind === 'name' && object.name === 'document' ? args[0]?.value : undefined;
  return isJquery(object) ? jqueryHtmlOf(name, args[0]?.value) : undefined;
}

function jqueryHtmlOf(name: string, first: Expression | undefined): Expression | undefined {
  if (!first || first.kind === 'lambda') return undefined;
  if (name === 'html') return first;
  return /^(append|prepend|before|after|replaceWith)$/.test(name) && looksLikeHtml(first) ? first : undefined;
}

const isJquery = (expression: Expression): boolean => {
  if (expression.kind === 'name') return expression.name.startsWith('$') && expression.name !== '$T';
  if (expression.kind === 'call')
    return (
      /^(\$|jQuery)$/.test(lastWord(expression.callee)) ||
      (expression.callee.kind === 'attribute' && isJquery(expression.callee.object))
    );
  return (
    expression.kind === 'attribute' && (expression.name === '$el' || isJquery(expression.object)) // Backbone
  );
};

const looksLikeHtml = (expression: Expression): boolean => {
  if (expression.kind === 'template') return expression.parts.some(looksLikeHtml);
  if (expression.kind === 'binary') return looksLikeHtml(expression.left) || looksLikeHtml(expression.right);
  return expression.kind === 'string' && /<[a-z]/i.test(expression.value);
};
