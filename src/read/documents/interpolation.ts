import { literal, oneOf, unclearTerm, type Location, type Term } from '../../model/index.ts';

/**
 * Which forms a document knows. Compose writes `$$` for a dollar and replaces nothing else; a shell also runs
 * `$(commands)` and has `$1`, `$@`; Docker knows neither and escapes with a backslash; Kubernetes has `$(NAME)` alone.
 */
export type Dialect = 'compose' | 'shell' | 'docker' | 'kubernetes';

/** A variable in a text: what it comes to and where it ends. */
export interface Variable {
  readonly term: Term;
  readonly end: number;
}

const MAX_DEPTH = 20;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/** The text with its variables as terms: a literal, one variable, or text of several parts. */
export function interpolate(text: string, at: Location, dialect: Dialect, depth = 0): Term {
  if (depth > MAX_DEPTH) return unclearTerm('variables are nested too deeply', at);
  const parts: Term[] = [];
  let plain = '';
  let index = 0;
  while (index < text.length) {
    const escaped = escapeAt(text, index, dialect);
    if (escaped) {
      plain += escaped;
      index += 2;
      continue;
    }
    const variable = text[index] === '$' ? variableAt(text, index, at, dialect, depth) : undefined;
    if (variable) {
      if (plain) parts.push(literal(plain, at));
      plain = '';
      parts.push(variable.term);
      index = variable.end;
    } else {
      plain += text[index] ?? '';
      index += 1;
    }
  }
  if (plain) parts.push(literal(plain, at));
  return joined(parts, at);
}

/** The parts as one term: neighbouring literals become one text, a single part stands for itself. */
export function joined(parts: readonly Term[], at: Location): Term {
  const whole: Term[] = [];
  for (const part of parts.flatMap(each => (each.kind === 'text' ? each.parts : [each]))) {
    const last = whole.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      whole[whole.length - 1] = literal(`${asText(last.value)}${asText(part.value)}`, at);
    else whole.push(part);
  }
  const [first] = whole;
  if (!first) return literal('', at);
  return whole.length === 1 ? first : { kind: 'text', parts: whole, at };
}

const asText = (value: string | number | boolean | null): string => (value === null ? '' : String(value));

/** The variable that begins with the `$` at this index; `undefined` where the dollar means itself. */
export function variableAt(
  text: string,
  index: number,
  at: Location,
  dialect: Dialect,
  depth = 0,
): Variable | undefined {
  const next = text[index + 1];
  if (next === '(') return inParentheses(text, index, at, dialect);
  if (dialect === 'kubernetes') return undefined;
  if (next === '{') return inBraces(text, index, at, dialect, depth);
  const name = nameAt(text, index + 1);
  if (name) return { term: variable(name, at), end: index + 1 + name.length };
  if (dialect === 'shell' && next && /[0-9@*#?!$-]/.test(next))
    return { term: unclearTerm(`$${next} is known only when the script runs`, at), end: index + 2 };
  return undefined;
}

function inParentheses(text: string, index: number, at: Location, dialect: Dialect): Variable | undefined {
  if (dialect === 'kubernetes') {
    const name = nameAt(text, index + 2);
    return name && text[index + 2 + name.length] === ')'
      ? { term: variable(name, at), end: index + 3 + name.length }
      : undefined;
  }
  if (dialect !== 'shell') return undefined;
  const end = closing(text, index + 1, '(', ')');
  return { term: unclearTerm('a command of the shell makes this text', at), end };
}

function inBraces(
  text: string,
  index: number,
  at: Location,
  dialect: Dialect,
  depth: number,
): Variable | undefined {
  const end = closing(text, index + 1, '{', '}');
  const inner = text.slice(index + 2, text[end - 1] === '}' ? end - 1 : end);
  const name = nameAt(inner, 0);
  const rest = inner.slice(name.length);
  if (!name)
    return dialect === 'shell' ? { term: unclearTerm('the shell computes this text', at), end } : undefined;
  if (rest === '') return { term: variable(name, at), end };
  const [, operator = '', word = ''] = /^(:?[-=?+])([^]*)$/.exec(rest) ?? [];
  return { term: withOperator(name, operator, word, at, dialect, depth), end };
}

function withOperator(
  name: string,
  operator: string,
  word: string,
  at: Location,
  dialect: Dialect,
  depth: number,
): Term {
  switch (operator.replace(':', '')) {
    case '-':
    case '=':
      return {
        kind: 'env',
        name,
        fallback: interpolate(unquoted(word), at, dialect, depth + 1),
        required: false,
        at,
      };
    case '?':
      return { kind: 'env', name, fallback: undefined, required: true, at };
    case '+':
      return oneOf(
        [
          { when: `${name} is set`, term: interpolate(unquoted(word), at, dialect, depth + 1) },
          { when: `${name} is not set`, term: literal('', at) },
        ],
        at,
      );
    default:
      return unclearTerm(`the shell computes this text out of ${name}`, at);
  }
}

const variable = (name: string, at: Location): Term => ({
  kind: 'env',
  name,
  fallback: undefined,
  required: false,
  at,
});

const unquoted = (word: string): string => /^(["'])([^]*)\1$/.exec(word)?.[2] ?? word;

function nameAt(text: string, index: number): string {
  NAME.lastIndex = index;
  return NAME.exec(text)?.[0] ?? '';
}

function escapeAt(text: string, index: number, dialect: Dialect): string {
  const two = text.slice(index, index + 2);
  if (two === '$$' && dialect !== 'docker' && dialect !== 'shell') return '$';
  return two === '\\$' && (dialect === 'docker' || dialect === 'shell') ? '$' : '';
}

/** The index after the bracket that closes the one at `start`; the end of the text when nothing closes it. */
export function closing(text: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\') index += 1;
    else if (character === open) depth += 1;
    else if (character === close && (depth -= 1) === 0) return index + 1;
  }
  return text.length;
}

/** The text that a term certainly comes to when nothing is set from outside: literals and fallbacks. */
export function plainText(term: Term): string | undefined {
  switch (term.kind) {
    case 'literal':
      return asText(term.value);
    case 'env':
      return term.fallback && plainText(term.fallback);
    case 'text': {
      const parts = term.parts.map(plainText);
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    default:
      return undefined;
  }
}
