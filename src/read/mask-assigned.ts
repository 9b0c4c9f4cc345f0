import { hidden, isHarmless, isSecretName } from './mask-names.ts';

/** So far the strings of one expression may begin behind its name. */
const REACH = 1_500;

/** A piece of the text that is replaced. */
interface Hidden {
  readonly from: number;
  readonly to: number;
}

/** So far one looks behind a name: an excerpt holds no more. Also keeps the time in proportion to the text. */
const LONGEST = 4_000;

/** Hides the values of everything whose name speaks of a secret, in code, settings, queries and commands. */
export function maskAssigned(text: string): string {
  const found: Hidden[] = [];
  const names = /[A-Za-z_][\w.-]*/g;
  for (let match = names.exec(text); match; match = names.exec(text)) {
    const [name] = match;
    const end = match.index + name.length;
    if (!isSecretName(name.replace(/[.-]+$/, ''))) continue;
    hideBehind(text, { name, from: match.index, end }, found);
  }
  return without(text, found);
}

/** The text without these pieces, which may overlap, as names may stand in the reach of other names. */
function without(text: string, found: readonly Hidden[]): string {
  let masked = '';
  let done = 0;
  let piece: Hidden = { from: 0, to: 0 };
  const close = () => {
    if (piece.to > piece.from)
      masked += text.slice(done, piece.from) + hidden(text.slice(piece.from, piece.to));
    done = piece.to;
  };
  for (const next of [...found].sort((a, b) => a.from - b.from)) {
    if (next.from < piece.to) piece = { from: piece.from, to: Math.max(piece.to, next.to) };
    else {
      close();
      piece = next;
    }
  }
  close();
  return masked + text.slice(done);
}

interface Named {
  readonly name: string;
  readonly from: number;
  readonly end: number;
}

/** The sign between a name and its value; a type may stand between them. */
const SIGN =
  /(?:\\?["'`])?[^\S\n]*\]?\)?[^\S\n]*(:[^\S\n]*[A-Za-z_][\w.[\], |]{0,60}=(?![=>])|:=|=>|[=!]=|\?=|\+=|[=:,(]|in\b)[^\S\n]*/y;
/** `name: DB_PASSWORD`, and the value in a field of its own. */
const PAIR = /["'`]?,?\s{0,40}["'`]?(?:value|default)["'`]?\s{0,4}[:=][^\S\n]*/y;
/** `--password x`, `["--requirepass", "x"]`, `ENV SECRET_KEY x`, `requirepass x`. */
const SPACE = /(?:["'],\s{0,40}["']|[^\S\n]+|=)(?=[^\s=:])/y;

const stickyEnd = (pattern: RegExp, text: string, at: number): readonly [number, string] | undefined => {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? [pattern.lastIndex, match[1] ?? ''] : undefined;
};

function hideBehind(text: string, named: Named, found: Hidden[]): void {
  const before = text.slice(Math.max(0, named.from - 60), named.from);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const isCommand =
    /(?:^|[\s"'])--?$/.test(line) ||
    /^\s*(?:ENV|ARG)\s+$/i.test(line) ||
    (/^\s*$/.test(line) && /^(?:requirepass|masterauth)$/.test(named.name));
  const spaced = isCommand ? stickyEnd(SPACE, text, named.end) : undefined;
  if (spaced) {
    hideWord(text, spaced[0], found);
    return;
  }
  const pair = stickyEnd(PAIR, text, named.end);
  if (pair) {
    hideValue(text, pair[0], { sign: ':', startsLine: true, named }, found);
    return;
  }
  const signed = stickyEnd(SIGN, text, named.end);
  if (!signed) return;
  const [at, sign] = signed;
  // A comma only means a value behind the first argument of a call: `get("SECRET_KEY", "…")`, `getattr(x, "k", "…")`.
  if (sign === ',' && !/\(\s*(?:[\w.]+,\s*)?[bruf]?["'`]$/i.test(before)) return;
  const startsLine = /^\s*(?:(?:export|ENV|ARG|set|-e|--env|--build-arg|-|\d+\s*\|)\s+)*["']?$/i.test(line);
  hideValue(text, at, { sign, startsLine, named }, found);
}

interface Assignment {
  readonly sign: string;
  readonly startsLine: boolean;
  readonly named: Named;
}

function hideValue(text: string, start: number, assignment: Assignment, found: Hidden[]): void {
  const { sign } = assignment;
  const isCall = sign === ',' || sign === '(';
  const at = isCall ? start + (/^\s*/.exec(text.slice(start, start + 200))?.[0].length ?? 0) : start;
  const bare = isCall || /^(?:in|[=!]=)$/.test(sign) ? undefined : bareValue(text, at, assignment);
  if (bare) hide(text, bare, found);
  else hideStrings(text, at, isCall ? 1 : 0, found);
}

function hide(text: string, { from, to }: Hidden, found: Hidden[]): void {
  const value = text.slice(from, to);
  const fallback = /^\$\{\w+:?[-=]/.exec(value)?.[0];
  if (fallback) {
    const end = value.endsWith('}') ? to - 1 : to;
    if (end > from + fallback.length) hide(text, { from: from + fallback.length, to: end }, found);
  } else if (!isHarmless(value)) found.push({ from, to });
}

/** The next word, without the quotes around it. */
function hideWord(text: string, from: number, found: Hidden[]): void {
  if (/["']/.test(text[from] ?? '')) hideStrings(text, from, 0, found);
  else
    hide(
      text,
      { from, to: from + (/^[^\s"']*/.exec(text.slice(from, from + LONGEST))?.[0].length ?? 0) },
      found,
    );
}

/** Something that a program works out: a call, an element, an attribute that is itself called after a secret. */
const EXPRESSION = /^(?:await |new |not )?[A-Za-z_$][\w.$]*(?:\(|\[)/;
const ATTRIBUTE = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/;
const PROSE =
  /\s(?:the|is|are|was|not|in|by|at|must|and|or|of|to|a|an|from|has|for|no|nothing|that|it|with)\s/i;

/** A value without quotes; `undefined` where there is code instead, whose strings are looked at one by one. */
function bareValue(text: string, at: number, assignment: Assignment): Hidden | undefined {
  const { sign, startsLine, named } = assignment;
  const rest = text.slice(at, Math.min(lineEnd(text, at), at + LONGEST));
  if (/^$|^[[({"'`]|^[bruf]{1,2}["']/i.test(rest)) return undefined;
  const word = /^[^\s"'`#;&,)\]}]+/.exec(rest)?.[0] ?? '';
  const isPart = !startsLine && /[?&;]\s*$/.test(text.slice(Math.max(0, named.from - 40), named.from));
  if (isPart) return { from: at, to: at + (/^[^\s;&"'`]*/.exec(rest)?.[0].length ?? 0) };
  if (!startsLine && !isOnItsOwn(text, at, assignment)) return undefined;
  if (isCode(rest, word) || word === '' || isHarmless(word) || /^\d{1,3}$/.test(word)) return undefined;
  // A sentence behind a colon, as messages have it.
  if (sign === ':' && PROSE.test(rest)) return undefined;
  return { from: at, to: at + (startsLine ? rest.replace(/\s+#.*$/, '').trimEnd().length : word.length) };
}

/** `NAME=value` among the words of a command, and not an argument of a call. */
const isOnItsOwn = (text: string, at: number, { sign, named }: Assignment): boolean =>
  sign === '=' &&
  text[at - 1] === '=' &&
  !/[,({[]\s*$/.test(text.slice(Math.max(0, named.from - 40), named.from));

/** A call, an element, an attribute that is itself called after a secret, an argument in a line of its own. */
const isCode = (rest: string, word: string): boolean =>
  EXPRESSION.test(rest) ||
  (/^[A-Za-z_][\w.]*,\s*$/.test(rest) && !/\d/.test(word)) ||
  (ATTRIBUTE.test(word) &&
    word.length === rest.trim().length &&
    isSecretName(word.slice(word.lastIndexOf('.') + 1)));

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
};

/** Arguments that describe a field and do not fill it. */
const DESCRIBES =
  /\b(?:description|title|help|label|alias|validation_alias|env|placeholder|message|detail|name|pattern|regex|tokenUrl)["']?\s*[=:]\s*$/;
/** Behind it stands the name of what is asked for: `get("password")`, `environ["X"]`. */
const ASKS =
  /(?:\bget\w*|\.get|\.pop|\.getlist|getenv|getattr\([\w.]+,\s*|\benv(?:\.\w+)?|config|require\w*|find\w*|getpass|\.query|input|prompt)\(\s*[bru]?$|getattr\([^()"']*,\s*$|[\w)\]]\[\s*$/i;

/** Hides the strings of an expression, up to its end. `depth`: brackets that are open where it begins. */
function hideStrings(text: string, from: number, depth: number, found: Hidden[]): void {
  let open = depth;
  const most = Math.min(text.length, from + REACH);
  for (let at = from; at < most; at++) {
    const char = text[at] ?? '';
    if (char === '"' || char === "'" || char === '`') {
      const literal = stringAt(text, at);
      const before = text.slice(Math.max(from - 40, at - 60, 0), at);
      const value = text.slice(literal.from, literal.to);
      const isName = ASKS.test(before) && /^[\w.: -]{1,60}$/.test(value);
      // In an object the names stay, and what stands beside them goes.
      const isKey = open > depth && /^\s{0,4}:/.test(text.slice(literal.end, literal.end + 5));
      if (!isName && !isKey && !DESCRIBES.test(before)) hide(text, literal, found);
      at = literal.end - 1;
    } else if ('([{'.includes(char)) open++;
    else if (')]}'.includes(char)) {
      if (--open < 0) return;
    } else if (open <= 0 && (char === '\n' || char === ',' || char === ';')) return;
  }
}

/** The content of the string that starts here, and where it ends; one without an end goes to the end of the line. */
function stringAt(text: string, at: number): Hidden & { readonly end: number } {
  const quote = text[at] ?? '';
  const isLong = text.startsWith(quote.repeat(3), at);
  const mark = isLong ? quote.repeat(3) : quote;
  const from = at + mark.length;
  const most = Math.min(text.length, isLong || quote === '`' ? text.length : lineEnd(text, from));
  for (let i = from; i < most; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(mark, i)) {
      // In YAML and SQL two quotes are one: the string goes on.
      if (!isLong && quote === "'" && text[i + 1] === "'" && i > from) i++;
      else return { from, to: i, end: i + mark.length };
    }
  }
  return { from, to: most, end: most };
}
