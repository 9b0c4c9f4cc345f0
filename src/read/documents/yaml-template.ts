/** Text in which template expressions are replaced by plain words, so that a YAML parser can read the rest. */
export interface Untemplated {
  readonly text: string;
  readonly templated: boolean;
  /** The expressions, by the number in their word. */
  readonly expressions: readonly string[];
}

const MARK = 'zzTemplate';
/** The length is bounded, so that text full of brackets that nothing closes is not read again for each of them. */
const EXPRESSION = /\{\{[^]{0,1000}?\}\}/g;
const STATEMENT = /\{#[^]{0,1000}?#\}|\{%[^]{0,1000}?%\}/g;
const CONTROL =
  /^\{\{-?\s*(\/\*|if\b|else\b|end\b|range\b|with\b|define\b|block\b|template\b|for\b|endif\b|break\b|continue\b|\$[\w.]*\s*:?=)/;
const WORD = new RegExp(`${MARK}(\\d+)z`, 'g');

/**
 * Helm, Jinja and the like write `{{ … }}` and `{% … %}` into YAML. Control lines become empty, an expression that
 * fills a line becomes an entry that says "something is here", every other one a word. Lines keep their numbers.
 */
export function untemplate(text: string): Untemplated {
  if (!/\{\{|\{%/.test(text)) return { text, templated: false, expressions: [] };
  const expressions: string[] = [];
  const word = (expression: string): string => {
    expressions.push(expression);
    return `${MARK}${expressions.length - 1}z`;
  };
  const plain = text
    .replace(STATEMENT, lineEnds)
    // An expression over several lines is a comment or a definition; only its line ends are kept.
    .replace(EXPRESSION, expression => (expression.includes('\n') ? lineEnds(expression) : expression))
    .split('\n')
    .map(line => untemplatedLine(line, word))
    .join('\n');
  return { text: plain, templated: true, expressions };
}

const lineEnds = (text: string): string => text.replace(/[^\n]/g, '');

function untemplatedLine(line: string, word: (expression: string) => string): string {
  const alone = /^(\s*)(\{\{[^]*\}\})\s*$/.exec(line);
  const whole = alone?.[2];
  if (whole && whole.lastIndexOf('{{') === 0) {
    if (CONTROL.test(whole)) return '';
    const indent = /n?indent\s+(\d+)/.exec(whole)?.[1];
    return `${' '.repeat(indent === undefined ? (alone[1] ?? '').length : Math.min(Number(indent), 80))}${word(whole)}:`;
  }
  return line.replace(EXPRESSION, expression => (CONTROL.test(expression) ? '' : word(expression)));
}

export const hasExpression = (text: string): boolean => text.includes(MARK);

/** The text with its expressions as they were. */
export const restored = (text: string, expressions: readonly string[]): string =>
  text.replace(WORD, (word, index: string) => expressions[Number(index)] ?? word);
