import type { Term } from './term.ts';

/** Calls that make a new random value each time. */
const RANDOM =
  /(^|\.)(token_hex|token_bytes|token_urlsafe|urandom|uuid4|uuid1|randbytes|getrandbits|generate_key|choice|choices|get_random_secret_key|SystemRandom\(\)\.\w+)$/;

/** What is wrong with a secret's value, worst first; `undefined` when nothing certain is. */
export type SecretFlaw = 'literal' | 'literal-fallback' | 'generated' | 'optional';

/** Empty text, `None` and what tells the reader to put something in are no secrets. */
export const isPlaceholder = (text: string): boolean =>
  text.trim() === '' ||
  /^(<[^>]*>|\[[^\]]*\]|\{\{.*\}\}|\$\{?\w+\}?|%\(?\w+\)?s?|x{3,}|\*+|\.{3}|your[-_ ].*|replace[-_ ]?me|none|null|todo|tbd|changeme|change[-_ ]me)$/i.test(
    text.trim(),
  );

/** The literal texts that a term can come to. */
export function literalTexts(term: Term): readonly string[] {
  switch (term.kind) {
    case 'literal':
      return typeof term.value === 'string' && term.value.trim() !== '' ? [term.value] : [];
    case 'oneOf':
      return term.options.flatMap(option => literalTexts(option.term));
    case 'env':
      return term.fallback ? literalTexts(term.fallback) : [];
    default:
      return [];
  }
}

const isGenerated = (term: Term): boolean =>
  term.kind === 'call'
    ? RANDOM.test(term.target) || term.args.some(isGenerated)
    : term.kind === 'env'
      ? term.fallback !== undefined && isGenerated(term.fallback)
      : term.kind === 'oneOf'
        ? term.options.some(option => isGenerated(option.term))
        : term.kind === 'text' && term.parts.some(isGenerated);

/** Judges where a key or password comes from. An empty or missing value is `optional`: the start must stop then. */
export function secretFlaw(term: Term): SecretFlaw | undefined {
  if (term.kind === 'literal' && literalTexts(term).length > 0) return 'literal';
  if (literalTexts(term).length > 0) {
    const onlyLiterals =
      term.kind === 'oneOf' && term.options.every(option => option.term.kind === 'literal');
    return onlyLiterals ? 'literal' : 'literal-fallback';
  }
  if (isGenerated(term)) return 'generated';
  return term.kind === 'env' && !term.required ? 'optional' : undefined;
}
