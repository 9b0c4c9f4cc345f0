import type { Topic } from './topic.ts';

/**
 * The small language of the vocabulary. A phrase is words in order. `limit*` is what begins so, `log|logs` one of both,
 * `tests?` one with or without its last letter, `(is)` a word that may be left out, `~` up to three words between.
 */
type Word =
  | { readonly kind: 'one'; readonly of: readonly string[]; readonly optional: boolean }
  | { readonly kind: 'gap' };

const MOST_BETWEEN = 3;

const parsed = (phrase: string): readonly Word[] =>
  phrase.split(' ').map(word => {
    if (word === '~') return { kind: 'gap' };
    const optional = word.startsWith('(') && word.endsWith(')');
    const of = (optional ? word.slice(1, -1) : word).split('|').flatMap(spellingsOf);
    return { kind: 'one', of, optional };
  });

const spellingsOf = (word: string): readonly string[] =>
  word.endsWith('?') ? [word.slice(0, -1), word.slice(0, -2)] : [word];

const fits = (pattern: string, word: string): boolean =>
  pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern;

/** Where the phrase ends that begins at `start`; `undefined` when it does not begin there. */
function endOf(
  phrase: readonly Word[],
  words: readonly string[],
  start: number,
  from = 0,
): number | undefined {
  const [wanted] = phrase.slice(from, from + 1);
  if (!wanted) return start;
  if (wanted.kind === 'gap') {
    for (let skip = 0; skip <= MOST_BETWEEN; skip++) {
      const end = endOf(phrase, words, start + skip, from + 1);
      if (end !== undefined) return end;
    }
    return undefined;
  }
  const word = words[start];
  if (word !== undefined && wanted.of.some(each => fits(each, word))) {
    const end = endOf(phrase, words, start + 1, from + 1);
    if (end !== undefined) return end;
  }
  return wanted.optional ? endOf(phrase, words, start, from + 1) : undefined;
}

export interface Mention {
  readonly topic: Topic;
  /** The words that speak of it: from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
  /** It is said in words that mean the opposite. */
  readonly denied: boolean;
}

interface Entry {
  readonly topic: Topic;
  /** `label`: only where it stands nearly alone. */
  readonly kind: 'phrase' | 'label' | 'denial' | 'other';
  readonly words: readonly Word[];
}

/** All phrases by their first letter: most words of a text begin none. */
export type Vocabulary = ReadonlyMap<string, readonly Entry[]>;

export function vocabularyOf(topics: readonly Topic[]): Vocabulary {
  const byLetter = new Map<string, Entry[]>();
  const add = (topic: Topic, kind: Entry['kind'], phrase: string) => {
    const words = parsed(phrase);
    const letters = new Set(firstWords(words).map(each => each.charAt(0)));
    for (const letter of letters)
      byLetter.set(letter, [...(byLetter.get(letter) ?? []), { topic, kind, words }]);
  };
  for (const topic of topics) {
    for (const phrase of topic.phrases) add(topic, 'phrase', phrase);
    for (const phrase of topic.labels) add(topic, 'label', phrase);
    for (const phrase of topic.denials) add(topic, 'denial', phrase);
    for (const phrase of topic.other) add(topic, 'other', phrase);
  }
  return byLetter;
}

/** All words that the phrase may begin with. */
function firstWords([first, ...others]: readonly Word[]): readonly string[] {
  if (first?.kind !== 'one') return [];
  return first.optional ? [...first.of, ...firstWords(others)] : first.of;
}

type Found = Omit<Mention, 'denied'> & { readonly kind: Entry['kind'] };

const length = ({ start, end }: Pick<Found, 'start' | 'end'>): number => end - start;

const overlap = (a: Found, b: Found): boolean => a.start < b.end && b.start < a.end;

/**
 * The topics that a text speaks of. Of mentions that overlap the longest counts, and one that needs its surroundings
 * before one that does not.
 * @param around words of the headings above
 * @param isPlain whether a word beside a label adds nothing to it
 */
export function mentionsIn(
  words: readonly string[],
  vocabulary: Vocabulary,
  around: ReadonlySet<string>,
  isPlain: (word: string) => boolean,
): readonly Mention[] {
  const here = new Set(words);
  const isWithin = ({ within }: Topic): boolean =>
    within.length === 0 || within.some(word => around.has(word) || here.has(word));
  const found = words.flatMap((word, start) =>
    (vocabulary.get(word.charAt(0)) ?? []).flatMap(({ topic, kind, words: phrase }): readonly Found[] => {
      const end = endOf(phrase, words, start);
      const isMore =
        kind === 'label' &&
        words.some((other, at) => (at < start || at >= (end ?? start)) && !isPlain(other));
      if (isMore) return [];
      return end === undefined || !isWithin(topic) ? [] : [{ topic, kind, start, end }];
    }),
  );
  const ranked = [...found].sort(
    (a, b) =>
      length(b) - length(a) ||
      Number(a.kind === 'other') - Number(b.kind === 'other') ||
      b.topic.within.length - a.topic.within.length ||
      a.start - b.start,
  );
  const kept: Found[] = [];
  for (const each of ranked)
    if (!kept.some(other => overlap(each, other) && !isTie(each, other))) kept.push(each);
  const spoken = kept.filter(({ kind }) => kind !== 'other');
  return [...new Map(spoken.map(each => [each.topic.name, each] as const)).values()]
    .sort((a, b) => a.start - b.start)
    .map(({ topic, kind, start, end }) => ({ topic, start, end, denied: kind === 'denial' }));
}

/** The same words may speak of two topics, when neither needs other surroundings. */
const isTie = (a: Found, b: Found): boolean =>
  a.start === b.start &&
  a.end === b.end &&
  a.topic !== b.topic &&
  a.kind === b.kind &&
  a.topic.within.length === b.topic.within.length;
