import type { Term } from '../../../model/index.ts';

/** `new TextEncoder().encode(SECRET)` and `Buffer.from(SECRET)` are the text. */
export function unwrapped(term: Term): Term {
  if (term.kind === 'call' && /(\.encode|^Buffer\.from|createSecretKey)$/.test(term.target)) {
    const [first] = term.args;
    return first ? unwrapped(first) : term;
  }
  // `${secret}${user.passwordHash}`: what is put behind a secret leaves it one.
  if (term.kind === 'text') return term.parts.find(({ kind }) => kind === 'env') ?? term;
  if (term.kind === 'list') {
    const [first] = term.items;
    return first ? unwrapped(first) : term;
  }
  return term;
}
