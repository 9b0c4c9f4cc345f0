/**
 * Docker's ignore rules, which are not git's: a pattern is anchored at the root of the build context, so `.env`
 * does not match `backend/.env`; the last pattern that matches wins; `!` takes back.
 * Source: Docker documentation, "Build context: .dockerignore files", and moby's `patternmatcher`.
 */
export interface DockerIgnore {
  ignores(path: string): boolean;
}

interface Rule {
  readonly tokens: readonly Token[];
  readonly takesBack: boolean;
}

/** One step of a pattern. `maybeFolders` leaves out the two steps behind it, or not. */
type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'one'; readonly fits: (char: string) => boolean }
  | { readonly kind: 'many' | 'deep' | 'maybeFolders' };

export function dockerIgnore(patterns: string): DockerIgnore {
  const rules = patterns
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap(ruleOf);
  return {
    ignores(path) {
      const clean = cleaned(path);
      let ignored = false;
      for (const rule of rules)
        if (ignored === rule.takesBack && matchesOrAbove(rule, clean)) ignored = !rule.takesBack;
      return ignored;
    },
  };
}

/** No pattern that a person writes is longer. */
const LONGEST_PATTERN = 1_000;

function ruleOf(line: string): Rule[] {
  // A blank before it makes `#` a part of a name.
  if (line.startsWith('#') || line.length > LONGEST_PATTERN) return [];
  const text = line.trim();
  const takesBack = text.startsWith('!');
  const pattern = cleaned(takesBack ? text.slice(1).trim() : text);
  return pattern === '' ? [] : [{ tokens: tokensOf(pattern), takesBack }];
}

/** As Go's `filepath.Clean` does: no leading or trailing slash, no `.` parts, `..` takes the part before away. */
function cleaned(pattern: string): string {
  const parts: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  const char = (each: string): Token => ({ kind: 'char', char: each });
  for (let i = 0; i < pattern.length; i++) {
    const each = pattern[i] ?? '';
    const end = each === '[' ? pattern.indexOf(']', i + 2) : -1;
    if (pattern.startsWith('**', i)) {
      while (pattern[i + 1] === '*') i++;
      if (pattern[i + 1] === '/') {
        i++;
        tokens.push({ kind: 'maybeFolders' }, { kind: 'deep' }, char('/'));
      } else tokens.push({ kind: 'deep' });
    } else if (each === '*') tokens.push({ kind: 'many' });
    else if (each === '?') tokens.push({ kind: 'one', fits: () => true });
    else if (end !== -1) {
      tokens.push({ kind: 'one', fits: rangeOf(pattern.slice(i + 1, end)) });
      i = end;
    } else if (each === '\\') tokens.push(char(pattern[++i] ?? ''));
    else tokens.push(char(each));
  }
  return tokens;
}

/** `a-z0-9`, with `^` or `!` in front for all others. */
function rangeOf(text: string): (char: string) => boolean {
  const isOther = /^[!^]/.test(text);
  const body = isOther ? text.slice(1) : text;
  const ranges = [...body.matchAll(/(.)-(.)|\\?(.)/gs)].map(([, from, to, single]) => [
    from ?? single ?? '',
    to ?? single ?? '',
  ]);
  return char => ranges.some(([from = '', to = '']) => char >= from && char <= to) !== isOther;
}

/**
 * A pattern that matches a folder covers what is in it. All ways through the pattern are followed at once, so that
 * a line of many stars, made to take for ever, takes no longer than any other.
 */
function matchesOrAbove({ tokens }: Rule, path: string): boolean {
  let states = new Set<number>();
  enter(tokens, states, 0);
  for (const char of path) {
    if (char === '/' && states.has(tokens.length)) return true;
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === undefined) continue;
      if (token.kind === 'deep' || (token.kind === 'many' && char !== '/')) enter(tokens, next, state);
      else if (token.kind === 'char' && token.char === char) enter(tokens, next, state + 1);
      else if (token.kind === 'one' && char !== '/' && token.fits(char)) enter(tokens, next, state + 1);
    }
    if (next.size === 0) return false;
    states = next;
  }
  return states.has(tokens.length);
}

/** Adds a state and those that are reached from it without reading anything. */
function enter(tokens: readonly Token[], states: Set<number>, state: number): void {
  if (states.has(state)) return;
  states.add(state);
  const kind = tokens[state]?.kind;
  if (kind === 'many' || kind === 'deep' || kind === 'maybeFolders') enter(tokens, states, state + 1);
  if (kind === 'maybeFolders') enter(tokens, states, state + 3);
}
