import type { Location } from './location.ts';

/**
 * What an expression comes to when it is followed across modules, settings objects and deploy files.
 * `os.environ.get("K", "x")`, `getattr(config, "K", "x")`, `process.env.K ?? "x"`, a settings-class field,
 * `${K:-x}` in compose and `ENV K=x` in an image all end in the same shape, so that one control reads them all.
 */
export type Term =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly at: Location }
  | EnvTerm
  /** A call that is not evaluated further. `target` is the canonical name, e.g. `secrets.token_hex`. */
  | {
      readonly kind: 'call';
      readonly target: string;
      readonly args: readonly Term[];
      readonly named: Readonly<Record<string, Term>>;
      readonly at: Location;
    }
  | { readonly kind: 'list'; readonly items: readonly Term[]; readonly at: Location }
  /** `open`: there are entries that could not be read. */
  | {
      readonly kind: 'object';
      readonly entries: readonly (readonly [string, Term])[];
      readonly open: boolean;
      readonly at: Location;
    }
  /** Text put together at run time: f-string, template, `%`, `+`, `format`, join. */
  | { readonly kind: 'text'; readonly parts: readonly Term[]; readonly at: Location }
  /** Several are possible: branches, environments, re-assignments. `when` says which, in words. */
  | { readonly kind: 'oneOf'; readonly options: readonly Option[]; readonly at: Location }
  /** A function, class, module or object by its canonical name: `flask.Flask`, `shop.models:User`. */
  | { readonly kind: 'reference'; readonly target: string; readonly at: Location }
  /** Data that the caller of the service sent. `source` in words: `path parameter id`, `request body`. */
  | { readonly kind: 'input'; readonly source: string; readonly at: Location }
  | { readonly kind: 'unclear'; readonly because: string; readonly at: Location };

export interface EnvTerm {
  readonly kind: 'env';
  readonly name: string;
  /** What it comes to when the variable is not set; `undefined` when there is no fallback. */
  readonly fallback: Term | undefined;
  /** A missing value stops the program (KeyError, validation error, explicit raise). */
  readonly required: boolean;
  readonly at: Location;
}

export interface Option {
  readonly when: string;
  readonly term: Term;
}

export const literal = (value: string | number | boolean | null, at: Location): Term => ({
  kind: 'literal',
  value,
  at,
});

export const unclearTerm = (because: string, at: Location): Term => ({ kind: 'unclear', because, at });

/** More possibilities than this tell nobody anything. */
const MOST_OPTIONS = 40;

/** One of several terms; nested choices are flattened and equal ones joined. */
export function oneOf(options: readonly Option[], at: Location): Term {
  const flat = options
    .slice(0, MOST_OPTIONS)
    .flatMap(option =>
      option.term.kind === 'oneOf'
        ? option.term.options.map(inner => ({ when: inner.when || option.when, term: inner.term }))
        : [option],
    );
  const [first] = flat;
  if (!first) return unclearTerm('nothing is assigned', at);
  return flat.length === 1 ? first.term : { kind: 'oneOf', options: flat.slice(0, MOST_OPTIONS), at };
}

/** Every term that this one can come to in the end: options of choices, and fallbacks of variables. */
export function* outcomes(term: Term): Generator<Term> {
  switch (term.kind) {
    case 'oneOf':
      for (const { term: inner } of term.options) yield* outcomes(inner);
      return;
    case 'env':
      yield term;
      if (term.fallback) yield* outcomes(term.fallback);
      return;
    default:
      yield term;
  }
}

/** Every term inside, this one first. */
export function* termsIn(term: Term): Generator<Term> {
  yield term;
  switch (term.kind) {
    case 'env':
      if (term.fallback) yield* termsIn(term.fallback);
      return;
    case 'call':
      for (const arg of [...term.args, ...Object.values(term.named)]) yield* termsIn(arg);
      return;
    case 'list':
      for (const item of term.items) yield* termsIn(item);
      return;
    case 'object':
      for (const [, entry] of term.entries) yield* termsIn(entry);
      return;
    case 'text':
      for (const part of term.parts) yield* termsIn(part);
      return;
    case 'oneOf':
      for (const option of term.options) yield* termsIn(option.term);
      return;
    default:
  }
}

/** More parts than this are no term that anybody wrote. */
const MOST_PARTS = 2_000;

/**
 * The first term inside for which a test holds. Parts that stand in several places are looked at once, so that the
 * time is that of the parts and not of the ways to them.
 */
export function findTerm(term: Term, test: (inner: Term) => boolean): Term | undefined {
  const seen = new Set<Term>();
  const left: Term[] = [term];
  for (let next = left.pop(); next; next = left.pop()) {
    if (seen.has(next) || seen.size > MOST_PARTS) continue;
    seen.add(next);
    if (test(next)) return next;
    left.push(...innerTerms(next));
  }
  return undefined;
}

function innerTerms(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'env':
      return term.fallback ? [term.fallback] : [];
    case 'call':
      return [...term.args, ...Object.values(term.named)];
    case 'list':
      return term.items;
    case 'object':
      return term.entries.map(([, entry]) => entry);
    case 'text':
      return term.parts;
    case 'oneOf':
      return term.options.map(option => option.term);
    default:
      return [];
  }
}
