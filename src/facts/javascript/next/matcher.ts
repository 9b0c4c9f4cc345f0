import { patternOf, type Pattern } from '../../../read/pattern.ts';

/** Where a bracket that opens at a place ends. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

const plain = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One named or bracketed part with the slash before it: `/:path*`, `/(api|trpc)(.*)`. */
function partOf(slash: string, inner: string, sign: string): string {
  const whole = `${plain(slash)}(?:${inner})`;
  if (sign === '*') return `(?:${whole}(?:/(?:${inner}))*)?`;
  if (sign === '+') return `${whole}(?:/(?:${inner}))*`;
  return sign === '?' ? `(?:${whole})?` : whole;
}

/** The pattern behind a path of Next.js settings: `/about/:path*`, `/((?!api|_next/static).*)`. */
export function pathPattern(source: string): Pattern | undefined {
  let pattern = '';
  for (let at = 0; at < source.length;) {
    const name = /^(\/?):(\w+)/.exec(source.slice(at));
    const slash = name ? (name[1] ?? '') : /^\/\(/.test(source.slice(at)) ? '/' : '';
    const opens = name ? at + name[0].length : at + slash.length;
    if (!name && source[opens] !== '(') {
      pattern += plain(source[at++] ?? '');
      continue;
    }
    const closes = source[opens] === '(' ? closing(source, opens) : opens - 1;
    if (closes === -1) return undefined;
    const inner = source[opens] === '(' ? source.slice(opens + 1, closes) : '[^/]+';
    const sign = /^[*+?]/.exec(source.slice(closes + 1))?.[0] ?? '';
    pattern += partOf(slash, inner.startsWith('?:') ? inner.slice(2) : inner, sign);
    at = closes + 1 + sign.length;
  }
  return patternOf(`^${pattern}/?$`);
}

/** A path as a caller may write it, for one with parameters. */
export const sampleOf = (path: string): string => path.replace(/\{[^}]*\}/g, '1a');
