import type { RawOutput, Repository, SourceFile, TemplateFile } from '../../model/index.ts';
import { lineOf } from '../../model/index.ts';
import { defineDocumentExtractor } from '../define.ts';

/** How an engine writes values: escaped, and as they come. The first group that is there is the expression. */
interface Engine {
  readonly files: RegExp;
  readonly escaped: RegExp;
  readonly raw: RegExp;
  readonly way: string;
}

const ENGINES: readonly Engine[] = [
  {
    files: /\.ejs$/i,
    escaped: /<%=([\s\S]{0,400}?)[-_]?%>/g,
    raw: /<%-([\s\S]{0,400}?)[-_]?%>/g,
    way: '<%-',
  },
  {
    files: /\.eta$/i,
    escaped: /<%=([\s\S]{0,400}?)[-_]?%>/g,
    raw: /<%~([\s\S]{0,400}?)[-_]?%>/g,
    way: '<%~',
  },
  {
    files: /\.(hbs|handlebars|mustache)$/i,
    escaped: /(?<!\{)\{\{~?\s*(?![#/!>&{~]|else\b)([^{}]{1,400}?)~?\}\}(?!\})/g,
    raw: /\{\{~?\{([^{}]{1,400}?)\}~?\}\}|\{\{~?&([^{}]{1,400}?)~?\}\}/g,
    way: '{{{',
  },
  {
    files: /\.(pug|jade)$/i,
    escaped: /^[ \t]*(?:[\w.#-]+(?:\([^)\n]*\))?)?=[ \t]*([^\n]+)$|#\{([^}\n]+)\}/gm,
    raw: /^[ \t]*(?:[\w.#-]+(?:\([^)\n]*\))?)?!=[ \t]*([^\n]+)$|!\{([^}\n]+)\}/gm,
    way: '!=',
  },
  {
    files: /\.liquid$/i,
    escaped: /\{\{-?((?:(?!\|\s*raw\b)[^{}]){1,400}?)-?\}\}/g,
    raw: /\{\{-?([^{}]{1,400}?\|\s*raw\b[^{}]{0,80}?)-?\}\}/g,
    way: '| raw',
  },
];

/** Other templates, the page that a layout goes around, and what makes a value harmless. */
const NO_DATA =
  /^\s*(await\s+)?(include\w*|partial|layout|block|contentFor|yield|renderFile|asset\w*|css|js|script|style)\s*\(|^\s*(body|content|it\.body|_?block|yield|defaultContent|sections?\.\w+|(this\.)?css|contents?)\s*;?\s*$|^\s*[>#/]/i;
const MAKES_SAFE =
  /\b(csrf\w*|escape\w*|encodeURIComponent|sanitiz\w*|sanitis\w*|purify|DOMPurify|xss|stripTags|serialize)\b/i;

const isTemplate = ({ role, text }: SourceFile): boolean => role === 'production' && text.length < 2_000_000;

function dataOf(expression: string): RawOutput['data'] {
  const value = expression.trim();
  if (/^(["'`])(?:(?!\1|\$\{).)*\1;?$/.test(value) || /^[\d.]+$/.test(value) || NO_DATA.test(value))
    return 'constant';
  return MAKES_SAFE.test(value) ? 'escaped' : 'data';
}

const expressionIn = ([, first, second]: RegExpMatchArray): string => first ?? second ?? '';

/** A template with more of them than these has told enough. */
const MOST = 200;

/** Templates of the engines that services in JavaScript use, and where they put values in as they come. */
export default defineDocumentExtractor({
  id: 'browser/engine-templates',
  produces: ['templateFile', 'rawOutput'],
  *extract(repository: Repository): Generator<TemplateFile | RawOutput> {
    for (const engine of ENGINES)
      for (const file of repository.files) {
        if (!engine.files.test(file.path) || !isTemplate(file)) continue;
        const { path, text } = file;
        const outputs = [...text.matchAll(engine.escaped)].length;
        yield { kind: 'templateFile', at: lineOf(path, 1), path, outputs };
        for (const match of [...text.matchAll(engine.raw)].slice(0, MOST)) {
          const expression = expressionIn(match);
          yield {
            kind: 'rawOutput',
            at: lineOf(path, text.slice(0, match.index).split('\n').length),
            way: engine.way,
            what: expression.replace(/\s+/g, ' ').trim().slice(0, 60),
            data: dataOf(expression),
          };
        }
      }
  },
});
