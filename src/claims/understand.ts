import type { ClaimSays } from '../model/index.ts';
import { mentionsIn, type Mention, type Vocabulary } from './phrases.ts';
import type { Statement } from './statement.ts';
import type { Topic } from './topic.ts';
import { withoutMarkup, wordsOf } from './words.ts';

/** A statement of which it is known what it is about. */
export interface Understood {
  readonly says: ClaimSays;
  readonly topics: readonly Topic[];
  readonly words: readonly string[];
  /** It says more than that the topic is there or not: `rate limiting at the gateway`. */
  readonly narrow: boolean;
  /** It is about a part of what is named: `connection pooling for the speech service`. */
  readonly qualified: boolean;
}

interface Clause {
  readonly words: readonly string[];
  readonly mentions: readonly Mention[];
}

const CLAUSE_END = /[,;()]|\sbut\s|\s[–—]\s/;

const NOT = new Set(
  'no not without missing lacks lack lacking never isnt arent doesnt dont wasnt zero cannot cant нет не'.split(
    ' ',
  ),
);

/**
 * What it is about, or why that cannot be told.
 * @param own words of the project's own name, which say nothing in its documents
 */
export function understand(
  statement: Statement,
  vocabulary: Vocabulary,
  own: ReadonlySet<string>,
): Understood | string {
  const around = new Set(statement.part.under.flatMap(({ text }) => wordsOf(withoutMarkup(text))));
  const [label = '', rest] = statement.subject.split('\u0000');
  const labels = clausesOf(label, vocabulary, around, own);
  // What stands behind a label that says it already tells how, not what else.
  const clauses =
    labels.some(hasMention) || rest === undefined ? labels : clausesOf(rest, vocabulary, around, own);
  const mentioned = clauses.filter(hasMention);
  const [first] = mentioned;
  if (!first || (statement.form === 'sentence' && statement.says === 'there' && !isSubject(first)))
    return 'not understood';
  const denied = new Set(
    mentioned.flatMap(clause =>
      clause.mentions.map(mention => (statement.needsDenial ? mention.denied : isDenied(clause, mention))),
    ),
  );
  if (denied.size > 1) return 'says two things at once';
  const says = saysOf(statement, denied.has(true));
  if (says === undefined) return 'says two things at once';
  const topics = [...new Set(mentioned.flatMap(({ mentions }) => mentions.map(({ topic }) => topic)))];
  return {
    says,
    topics,
    words: wordsOf(statement.text),
    narrow: mentioned.some(isNarrow),
    qualified: mentioned.some(isQualified),
  };
}

/** A sentence claims what it begins with; what comes later it only names. */
const isSubject = ({ words, mentions }: Clause): boolean => {
  const start = mentions[0]?.start ?? 0;
  return words.slice(0, start).filter(word => !PLAIN.has(word)).length <= 1;
};

const hasMention = ({ mentions }: Clause): boolean => mentions.length > 0;

/** A word or two in brackets belong to what stands before them. */
const SHORT_NOTE = /\(([^()\s]+(?:\s[^()\s]+)?)\)/g;

const clausesOf = (
  text: string,
  vocabulary: Vocabulary,
  around: ReadonlySet<string>,
  own: ReadonlySet<string>,
): readonly Clause[] =>
  text
    .replace(SHORT_NOTE, ' $1 ')
    .split(CLAUSE_END)
    .map(clause => {
      const words = wordsOf(clause);
      const mentions = mentionsIn(words, vocabulary, around, word => PLAIN.has(word)).filter(
        ({ start, end }) => !words.slice(start, end).every(word => own.has(word)),
      );
      return { words, mentions };
    });

/** Words before it that turn it round and belong to no mention themselves; or it denies by itself. */
function isDenied({ words, mentions }: Clause, { start, denied }: Mention): boolean {
  const isNegated = words.slice(Math.max(0, start - 4), start).some((word, index) => {
    const at = Math.max(0, start - 4) + index;
    return NOT.has(word) && !mentions.some(other => other.start <= at && at < other.end);
  });
  const after = words.slice(-2).join(' ');
  const endsDenied =
    /(^| )(missing|disabled|absent|insecure|unacceptable|none)$|not (implemented|configured|enabled|enforced)$/.test(
      after,
    );
  return denied !== (isNegated || (endsDenied && !denied));
}

/** `undefined` where mark and words disagree. */
function saysOf({ says, form, byWords, needsDenial }: Statement, denied: boolean): ClaimSays | undefined {
  if (needsDenial) return denied ? 'missing' : undefined;
  if (byWords) return denied ? 'missing' : 'there';
  if (says === 'there') {
    if (!denied) return 'there';
    return form === 'sentence' ? 'missing' : undefined;
  }
  // `❌ No rate limiting` and `❌ Rate limiting` say the same; an open box before a denial does not.
  return form === 'box' && denied ? undefined : says;
}

/** Words that add nothing to what is named. */
const PLAIN = new Set(
  `a an the of and or in on for to with by is are be been all any our your its their this that we it as at from
  add adds added configure configured configuration set up setup implement implemented implementation enable enabled
  create created install use using used apply make no not missing lacks lack without need support supported system
  service app application api production proper properly correct secure security basic simple new real
  endpoint endpoints routes route server backend code mechanism available present exists whatsoever framework
  documentation documented procedures strategy policy automated automatic regular file files settings
  critical high medium low priority problem issue status current
  each every client clients caller callers user users request requests response responses development probes docker
  container containers kubernetes image images http web flask fastapi python project repository level header headers
  flags strategies rules enforced enforce define name list specify integrate build write first valid certificate
  proper good strong based automatically true false yes environment env`.split(/\s+/),
);

/** A name of a file says where, not what. */
const isPlain = (word: string): boolean => PLAIN.has(word) || /^\d|.\.[a-z]/.test(word);

function isNarrow({ words, mentions }: Clause): boolean {
  const rest = words.filter(
    (word, index) => !mentions.some(({ start, end }) => start <= index && index < end) && !isPlain(word),
  );
  return rest.length > 0;
}

/** Behind these words stands what it is limited to. */
const LIMITS = new Set(['for', 'of', 'in', 'on', 'across', 'between', 'during', 'against']);

function isQualified({ words, mentions }: Clause): boolean {
  return mentions.some(({ end }) => {
    const next = words[end];
    return (
      next !== undefined &&
      LIMITS.has(next) &&
      words.slice(end + 1, end + 5).some(word => !isPlain(word) && !LIMITS.has(word))
    );
  });
}
