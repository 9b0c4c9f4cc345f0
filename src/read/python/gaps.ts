/**
 * The grammar that we use lacks a few spellings of valid Python. Each is replaced by one of the same length
 * that it knows, in the text that is parsed only: offsets stay, and values are read from the original.
 * Found by parsing 5,774 files of the standard library and of installed packages; see docs/decisions.
 */
export function bridgeGaps(text: string): string {
  let bridged = text;
  if (text.includes('yield')) bridged = bridged.replace(BARE_YIELD, 'None ');
  bridged = bridged.replace(POINT_AT_THE_END, '0');
  if (text.includes('*')) bridged = bridged.replace(STAR_TARGET, '$1 ');
  if (text.includes('case ')) bridged = bridged.replace(EMPTY_PATTERN, '__');
  if (text.includes('with')) bridged = bridgeWith(bridged);
  return bridged;
}

/** `yield` without a value. */
const BARE_YIELD = /\byield\b(?=[ \t]*(?:[)\]}#;,\r\n]|$))/g;

/** `1.` */
const POINT_AT_THE_END = /(?<=(?:^|[^\w.])\d[\d_]*)\.(?![\w.])/g;

/** `for first, *rest in` */
const STAR_TARGET = /(\bfor[ \t]+(?:[\w.,() \t]*,[ \t]*)?)\*(?=\w)/g;

/** `with open(path) as (a, b):` */
const TUPLE_TARGET = /(\bas[ \t]*)(\([\w\s,.*]*\))(?=[ \t]*[:,])/g;

/** `with open(path) as self.file:` */
const ATTRIBUTE_TARGET = /(?<=\bas[ \t]+\w+(?:\.\w+)*)\.(?=\w+[ \t]*(?:[:,]|\\\r?\n))/g;

/** `case str():` */
const EMPTY_PATTERN = /(?<=^[ \t]*case\b[^\n]*\w)\(\)/gm;

const OPENING = /\bwith[ \t]*\(/g;

function bridgeWith(text: string): string {
  let bridged = text
    .replace(TUPLE_TARGET, (_, as: string, tuple: string) => as + '_'.repeat(tuple.length))
    .replace(ATTRIBUTE_TARGET, '_');
  for (const { index, 0: opening } of [...bridged.matchAll(OPENING)]) {
    const open = index + opening.length - 1;
    const close = closingOf(bridged, open);
    if (close === -1) continue;
    const inside = bridged.slice(open + 1, close);
    if (!/\bas\b/.test(inside) || !/^[ \t]*:/.test(bridged.slice(close + 1, close + 20))) continue;
    bridged = `${bridged.slice(0, open)} ${flattened(inside)} ${bridged.slice(close + 1)}`;
  }
  return bridged;
}

/** Comments, line ends and the last comma become blanks. */
const flattened = (inside: string): string =>
  inside
    .replace(/#[^\n]*/g, comment => ' '.repeat(comment.length))
    .replace(/[\r\n]/g, ' ')
    .replace(/,(\s*)$/, ' $1');

const LONGEST = 2_000;

function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < Math.min(text.length, open + LONGEST); i++) {
    const char = text[i];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') {
      depth--;
      if (depth === 0) return i;
    }
  }
  return -1;
}
