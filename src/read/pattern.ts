/**
 * Patterns that a repository writes, matched with a bound: an expression that is made to be slow must not hold
 * seaworthy up. What is not understood (back references, look-behind) has no answer.
 */
export interface Pattern {
  /** `undefined` when it takes too many steps. */
  matches(text: string): boolean | undefined;
}

const MOST_STEPS = 20_000;
const LONGEST = 2_000;

type Next = (at: number) => boolean;
/** Tries to match from a place, and goes on with what comes after. */
type Node = (run: Run, at: number, next: Next) => boolean;

interface Run {
  readonly text: string;
  steps: number;
}

/** Whether there are steps left; without one nothing matches any more, and there is no answer. */
const step = (run: Run): boolean => run.steps++ < MOST_STEPS;

interface Reading {
  readonly source: string;
  readonly isDeaf: boolean;
  at: number;
  /** Something stands there that is not understood. */
  isLost: boolean;
}

/** The pattern behind the source of a regular expression; `undefined` when it is not understood. */
export function patternOf(source: string, flags = ''): Pattern | undefined {
  if (source.length > LONGEST) return undefined;
  const reading: Reading = { source, isDeaf: flags.includes('i'), at: 0, isLost: false };
  const node = alternatives(reading);
  return reading.isLost || reading.at < source.length ? undefined : { matches: text => search(node, text) };
}

function search(node: Node, text: string): boolean | undefined {
  if (text.length > LONGEST / 2) return undefined;
  const run: Run = { text, steps: 0 };
  let isFound = false;
  for (let start = 0; start <= text.length && !isFound; start++) isFound = node(run, start, () => true);
  return run.steps > MOST_STEPS ? undefined : isFound;
}

function alternatives(reading: Reading): Node {
  const ways = [sequence(reading)];
  while (reading.source[reading.at] === '|') {
    reading.at++;
    ways.push(sequence(reading));
  }
  const [only] = ways;
  return ways.length === 1 && only ? only : (run, at, next) => ways.some(way => way(run, at, next));
}

function sequence(reading: Reading): Node {
  const nodes: Node[] = [];
  while (reading.at < reading.source.length && !/[|)]/.test(reading.source[reading.at] ?? ''))
    nodes.push(repeated(reading, atom(reading)));
  return nodes.reduceRight<Node>(
    (rest, node) => (run, at, next) => node(run, at, after => rest(run, after, next)),
    (_, at, next) => next(at),
  );
}

function repeated(reading: Reading, node: Node): Node {
  const { source } = reading;
  const found = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(source.slice(reading.at, reading.at + 20));
  if (!found) return node;
  reading.at += found[0].length;
  const [, sign, least = '0', range, most = ''] = found;
  const from = sign === undefined ? Number(least) : sign === '+' ? 1 : 0;
  const to = sign === undefined ? (range === undefined ? from : most === '' ? Infinity : Number(most)) : sign === '?' ? 1 : Infinity; // prettier-ignore
  const more = (run: Run, at: number, count: number, next: Next): boolean => {
    if (!step(run)) return false;
    // A round that matches nothing would go on for ever.
    if (
      count < to &&
      node(run, at, after => (after > at || count < from) && more(run, after, count + 1, next))
    )
      return true;
    return count >= from && next(at);
  };
  return (run, at, next) => more(run, at, 0, next);
}

function atom(reading: Reading): Node {
  const sign = reading.source[reading.at++] ?? '';
  switch (sign) {
    case '^':
      return (_, at, next) => at === 0 && next(at);
    case '$':
      return (run, at, next) => at === run.text.length && next(at);
    case '(':
      return group(reading);
    case '[':
      return one(bracket(reading));
    case '\\':
      return escaped(reading);
    case '.':
      return one(() => true);
    default:
      return one(same(sign, reading.isDeaf));
  }
}

const one =
  (is: (sign: string) => boolean): Node =>
  (run, at, next) => {
    const sign = step(run) ? run.text[at] : undefined;
    return sign !== undefined && is(sign) && next(at + 1);
  };

const same = (sign: string, isDeaf: boolean): ((other: string) => boolean) =>
  isDeaf ? other => other.toLowerCase() === sign.toLowerCase() : other => other === sign;

const CLASSES: Readonly<Record<string, RegExp>> = {
  d: /\d/,
  D: /\D/,
  w: /\w/,
  W: /\W/,
  s: /\s/,
  S: /\S/,
};

function escaped(reading: Reading): Node {
  const sign = reading.source[reading.at++] ?? '';
  if (sign === 'b') return (run, at, next) => isBorder(run.text, at) && next(at);
  return one(meant(reading, sign));
}

const isBorder = (text: string, at: number): boolean =>
  /\w/.test(text[at - 1] ?? '') !== /\w/.test(text[at] ?? '');

function meant(reading: Reading, sign: string): (other: string) => boolean {
  const known = CLASSES[sign];
  if (known) return other => known.test(other);
  if (/^[a-z0-9]?$/i.test(sign)) reading.isLost = true;
  return same(sign, reading.isDeaf);
}

function group(reading: Reading): Node {
  const [, kind = ''] = /^\?(:|=|!|<[\w$]+>|.)/.exec(reading.source.slice(reading.at)) ?? [];
  if (kind !== '') reading.at += kind.length + 1;
  if (kind !== '' && !/^(:|=|!|<[\w$]+>)$/.test(kind)) reading.isLost = true;
  const inner = alternatives(reading);
  if (reading.source[reading.at++] !== ')') reading.isLost = true;
  if (kind === '=') return (run, at, next) => inner(run, at, () => true) && next(at);
  return kind === '!' ? (run, at, next) => !inner(run, at, () => true) && next(at) : inner;
}

/** `[a-z_]`, `[^/]` */
function bracket(reading: Reading): (sign: string) => boolean {
  const { source, isDeaf } = reading;
  const isNot = source[reading.at] === '^';
  if (isNot) reading.at++;
  const tests: ((sign: string) => boolean)[] = [];
  while (reading.at < source.length && source[reading.at] !== ']') {
    const sign = source[reading.at++] ?? '';
    if (sign === '\\') tests.push(meant(reading, source[reading.at++] ?? ''));
    else if (source[reading.at] === '-' && source[reading.at + 1] !== ']') {
      const to = source[reading.at + 1] ?? '';
      reading.at += 2;
      tests.push(other => sign <= other && other <= to);
    } else tests.push(same(sign, isDeaf));
  }
  if (reading.at++ >= source.length) reading.isLost = true;
  return sign => tests.some(test => test(sign)) !== isNot;
}
