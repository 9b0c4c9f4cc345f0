import type { Expression } from '../../../read/syntax.ts';
import type { Follow } from './policy.ts';

/** Names written in a row that are followed. */
const DEEPEST = 4;

/** Functions that change the form of a path and nothing else. */
const FORMS = /^(str|fspath|Path|PurePath|PosixPath)$/;
/** Functions whose result never ends with a separator. */
const BARE = /^(realpath|abspath|normpath|resolve|absolute|dirname|getcwd|cwd|home|expanduser)$/;

const wordOf = (expression: Expression): string =>
  expression.kind === 'call'
    ? wordOf(expression.callee)
    : expression.kind === 'name' || expression.kind === 'attribute'
      ? expression.name
      : '';

/**
 * A path that is only put together: `..` still stands in it, so that its beginning says nothing.
 * @param joinResolves in JavaScript `path.join` takes `..` out
 */
export function isNeverResolved(path: Expression, follow: Follow, joinResolves: boolean, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  const again = (inner: Expression | undefined): boolean =>
    inner !== undefined && isNeverResolved(inner, follow, joinResolves, depth + 1);
  switch (path.kind) {
    case 'name':
      return again(follow(path));
    case 'template':
      return true;
    case 'binary':
      return /^[+/]$/.test(path.operator);
    case 'call':
      if (/^(join|joinpath)$/.test(wordOf(path))) return !joinResolves;
      return FORMS.test(wordOf(path)) && (path.args.length > 1 || again(path.args[0]?.value));
    default:
      return false;
  }
}

/** A prefix that ends in the middle of a name: `/data/files` is also the beginning of `/data/files-old`. */
export function endsWithinName(prefix: Expression, follow: Follow, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  switch (prefix.kind) {
    case 'string':
      return !/[/\\]$/.test(prefix.value);
    case 'name': {
      const value = follow(prefix);
      return value !== undefined && endsWithinName(value, follow, depth + 1);
    }
    case 'call': {
      const last = prefix.args.at(-1)?.value;
      if (wordOf(prefix) === 'join') return last?.kind === 'string' && !/(^|[/\\])$/.test(last.value);
      return FORMS.test(wordOf(prefix)) || BARE.test(wordOf(prefix));
    }
    default:
      return false;
  }
}
