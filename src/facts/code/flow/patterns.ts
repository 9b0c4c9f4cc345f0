import type { Call, Expression } from '../../../read/syntax.ts';
import type { Follow, Policy } from './policy.ts';

/** The pattern that stands behind an expression: `/^\w+$/`, or a name for it. */
function patternBehind(expression: Expression | undefined, follow: Follow): string | undefined {
  if (expression?.kind === 'name') return patternBehind(follow(expression), follow);
  if (expression?.kind !== 'call' || expression.callee.kind !== 'name' || expression.callee.name !== 'RegExp')
    return undefined;
  const [first] = expression.args;
  return first?.value.kind === 'string' ? first.value.value : undefined;
}

/** `/^\w+$/.test(name)`, `name.match(/^\w+$/)`: the pattern against which a value is held, where it is written. */
export function patternAsked(
  { callee, args }: Call,
  mentions: (part: Expression) => boolean,
  follow: Follow,
): string | undefined {
  if (callee.kind !== 'attribute' || args.length !== 1) return undefined;
  const value = args[0]?.value;
  if (callee.name === 'test')
    return value && mentions(value) ? patternBehind(callee.object, follow) : undefined;
  return /^(match|search)$/.test(callee.name) && mentions(callee.object)
    ? patternBehind(value, follow)
    : undefined;
}

const CLASS = /\[(?:\\.|[^\]\\])*\]/g;
/** A host that is written down: `https:\/\/example\.com`. */
const WRITTEN_HOST = /^\^?\(?(\?:)?https?\??(\))?:(\\?\/){2}[^/]*[a-z0-9-]{2,}\\?\.[a-z]{2,}/i;

/** The whole value, from its beginning to its end. */
const isWhole = (pattern: string): boolean =>
  /^\^[\s\S]*\$$/.test(pattern) && !pattern.replace(/\([^()]*\)/g, '').includes('|');

/** The whole value, and no part of it can be just anything. */
function isNarrow(pattern: string, not: RegExp): boolean {
  if (!isWhole(pattern)) return false;
  const classes = pattern.match(CLASS) ?? [];
  const plain = pattern.replace(CLASS, '').replace(/\\\./g, '');
  return (
    !classes.some(each => each.startsWith('[^') || /\\[SWD]/.test(each) || not.test(each)) &&
    !/\.|\\[SWD]|\//.test(plain)
  );
}

const SLASH = /[/]|\\\\/;
const SLASH_OR_DOT = /[/.]|\\\\/;

/** Whether a value is confined that matches, or that does not. */
export function confinesByPattern(pattern: string, matches: boolean, { id }: Policy): boolean {
  const not = id === 'address' ? SLASH_OR_DOT : SLASH;
  if (!matches) {
    // `[^\w-]` does not match: only those characters stand in it.
    const only = /^\(?\[\^((?:\\.|[^\]\\])*)\][+*]?\)?$/.exec(pattern)?.[1];
    if (only !== undefined && !not.test(only) && !/\\[SWD]/.test(only)) return true;
    if (id === 'path') return /\\\.(\\\.|\{2)|^\[[^\]^]*\/[^\]]*\]$|^\\?\/$/.test(pattern);
    return id === 'redirect' && /(\)\?|\||\^)(\\?\/){2}/.test(pattern) && !/^\^https?\??:/.test(pattern);
  }
  switch (id) {
    case 'path':
      return isNarrow(pattern, not);
    case 'address':
      return WRITTEN_HOST.test(pattern) || isNarrow(pattern, not);
    case 'redirect':
      return (
        WRITTEN_HOST.test(pattern) ||
        /^\^\\?\/(\(\?!|\[\^?[^\]]*\]|\w)/.test(pattern) ||
        isNarrow(pattern, not)
      );
    default:
      return isWhole(pattern);
  }
}
