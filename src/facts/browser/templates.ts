import type { RawOutput, Repository, SourceFile, TemplateFile } from '../../model/index.ts';
import { lineOf } from '../../model/index.ts';
import { defineDocumentExtractor } from '../define.ts';

const TEMPLATE = /\.(html?|jinja2?|j2|vue|svelte|mako|tmpl|tpl|njk|nunjucks)$/i;
const OUTPUT = /\{\{-?([\s\S]{0,400}?)-?\}\}/g;
const RAW_BLOCK = /\{%-?\s*autoescape\s+(false|off)\s*-?%\}([\s\S]{0,20000}?)\{%-?\s*endautoescape/gi;
const V_HTML = /\bv-html\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Filters and functions behind which nothing harmful is left. */
const MAKES_SAFE =
  /\|\s*(tojson|e|escape|forceescape|urlencode|int|float|length|sanitize\w*|bleach\w*|clean\w*|striptags|nl2br_safe)\b|\b(csrf_token|hidden_tag|csrf_field|url_for|super|caller|render_\w+|tojson|get_flashed_messages)\s*\(|\b(sanitize|purify|DOMPurify)\b/i;
const IS_RAW = /\|\s*safe\b/;

/** A template with more of them than these has told enough. */
const MOST = 200;

const isTemplate = ({ path, role, text }: SourceFile): boolean =>
  role === 'production' && TEMPLATE.test(path) && text.length < 2_000_000 && /\{\{|\{%|v-html/.test(text);

function dataOf(expression: string): RawOutput['data'] {
  const value = expression.replace(IS_RAW, '').trim();
  if (/^(["'])(?:(?!\1).)*\1$/.test(value) || /^\d+$/.test(value)) return 'constant';
  return MAKES_SAFE.test(expression) ? 'escaped' : 'data';
}

/** Templates of pages, and the places where they put values in as they come. */
export default defineDocumentExtractor({
  id: 'browser/templates',
  produces: ['templateFile', 'rawOutput'],
  *extract(repository: Repository): Generator<TemplateFile | RawOutput> {
    for (const { path, text } of repository.files.filter(isTemplate)) {
      const at = (offset: number) => lineOf(path, text.slice(0, offset).split('\n').length);
      const outputs = [...text.matchAll(OUTPUT)];
      yield { kind: 'templateFile', at: lineOf(path, 1), path, outputs: outputs.length };
      const raw = outputs.filter(({ 1: expression = '' }) => IS_RAW.test(expression));
      for (const { 1: expression = '', index } of raw.slice(0, MOST))
        yield {
          kind: 'rawOutput',
          at: at(index),
          way: '|safe',
          what: short(expression),
          data: dataOf(expression),
        };
      for (const block of text.matchAll(RAW_BLOCK))
        for (const output of (block[2] ?? '').matchAll(OUTPUT))
          yield {
            kind: 'rawOutput',
            at: at(block.index + block[0].indexOf(output[0])),
            way: 'autoescape off',
            what: short(output[1] ?? ''),
            data: dataOf(output[1] ?? ''),
          };
      for (const match of text.matchAll(V_HTML)) {
        const expression = match[1] ?? match[2] ?? '';
        yield {
          kind: 'rawOutput',
          at: at(match.index),
          way: 'v-html',
          what: short(expression),
          data: dataOf(expression),
        };
      }
    }
  },
});

const short = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 60);
