import type {
  AssessedFinding,
  ClaimEvidence,
  ClaimSays,
  ControlId,
  Evidence,
  Judgement,
  Place,
} from '../model/index.ts';
import { allOf, noneOf, open, together, type Answer, type Court, type Witness } from './answer.ts';
import { checks } from './checks/index.ts';
import { SPREADS } from './spread.ts';
import type { Question, Topic } from './topic.ts';
import type { Understood } from './understand.ts';
import { wordsOf } from './words.ts';

/** Findings and proofs that are named; more do not make it truer. */
const MOST_EVIDENCE = 3;

/** What the services say about a topic that a claim names in these words. */
export function answerFor(
  topic: Topic,
  { words, says }: Pick<Understood, 'words' | 'says'>,
  court: Court,
  asked: readonly Witness[],
): Answer {
  if (topic.asks.length === 0) return open('nothing in the repository could tell');
  const all = asked.flatMap(witness => {
    const own = topic.asks.flatMap(question => answerTo(question, topic, words, court, witness, says));
    if (own.length === 0) return [];
    return [says === 'there' ? allOf(own) : noneOf(own)];
  });
  // A service in a language of which little is read says nothing where another one has it, and may have it where none has.
  const read = all.filter(({ is, because }) => is !== 'open' || !because.startsWith('seaworthy cannot read'));
  const answers = read.some(({ is }) => is === 'holds' || is === 'half') ? read : all;
  if (answers.length === 0) return open(notApplicable(topic, asked));
  const [found] = answers.filter(({ is }) => is === 'holds');
  if (found && topic.anywhere) return found;
  const failing = answers.filter(({ is }) => is === 'fails');
  return topic.universal && failing.length > 0 ? together(failing) : together(answers);
}

/** Nothing, where the question makes no sense for the service. */
function answerTo(
  question: Question,
  topic: Topic,
  words: readonly string[],
  court: Court,
  witness: Witness,
  says: ClaimSays,
): readonly Answer[] {
  if (question.kind === 'check') {
    const check = checks[question.check];
    return check ? [namesProducts(check(witness, court.repository), topic, words)] : [];
  }
  const judgement = judgementOf(question.control, witness);
  if (!judgement) return [];
  const answer = ofJudgement(judgement, topic, words, witness);
  if (!answer) return [];
  if (question.kind === 'needs' && answer.is === 'holds')
    return [open('that they are there is seen, nothing was run')];
  if (question.kind === 'shows' && answer.is === 'fails' && says === 'there')
    return [open('the repository does not show it; it may be kept elsewhere')];
  return [answer];
}

const judgementOf = (control: ControlId, { assessed }: Witness): Judgement | undefined =>
  assessed.judgements.find(each => each.control === control);

const notApplicable = (topic: Topic, asked: readonly Witness[]): string => {
  const reasons = topic.asks.flatMap(question =>
    question.kind === 'check'
      ? []
      : asked.flatMap(witness => judgementOf(question.control, witness)?.because ?? []),
  );
  return [...new Set(reasons)][0] ?? 'no service was found that it could be about';
};

function ofJudgement(
  judgement: Judgement,
  topic: Topic,
  words: readonly string[],
  witness: Witness,
): Answer | undefined {
  const { status, stage, rank, because, control } = judgement;
  if (status === 'not-applicable') return undefined;
  if (status === 'unknown') return open(because);
  if (stage === 'trial') return open(`${control} is on trial, its answers are not measured yet`);
  if (status === 'pass') {
    if (rank === 'attested' || rank === 'claimed') return open('a person says so as well, nothing was seen');
    return ofPass(judgement, topic, words, witness.assessed.id);
  }
  const findings = status === 'waived' ? judgement.waived.map(({ finding }) => finding) : judgement.findings;
  return ofFindings(control, findings, topic, words, witness);
}

/** A product that the claim names must be what was found. */
function namesProducts(answer: Answer, topic: Topic, words: readonly string[]): Answer {
  if (answer.is !== 'holds') return answer;
  const missing = missingProducts(topic, words, answer.evidence.map(({ says }) => says).join(' '));
  return missing.length > 0 ? open(`what was found does not show ${missing.join(', ')}`) : answer;
}

const missingProducts = (topic: Topic, words: readonly string[], said: string): readonly string[] =>
  topic.products.filter(product => names(words, product) && !said.toLowerCase().includes(product));

/** The same of what proves a pass. */
function ofPass(
  { control, evidence, title }: Judgement,
  topic: Topic,
  words: readonly string[],
  service: string,
): Answer {
  const missing = missingProducts(topic, words, evidence.map(saysOf).join(' '));
  if (missing.length > 0) return open(`what was found does not show ${missing.join(', ')}`);
  const proofs = evidence.slice(0, MOST_EVIDENCE).map((each): ClaimEvidence => ({
    speaks: 'for',
    control,
    service,
    says: each.kind === 'absence' ? title : saysOf(each),
    places: placesOf(each),
  }));
  return { is: 'holds', evidence: proofs, because: '' };
}

/** Whether the words name it; what follows a stem may vary: `postgres`, `postgresql`. */
const names = (words: readonly string[], product: string): boolean => {
  const [first = '', ...others] = wordsOf(product);
  return words.some(
    (word, index) =>
      word.startsWith(first) && others.every((other, next) => words[index + 1 + next] === other),
  );
};

function ofFindings(
  control: ControlId,
  findings: readonly AssessedFinding[],
  topic: Topic,
  words: readonly string[],
  witness: Witness,
): Answer {
  const aspects = topic.aspects.map(aspect => aspect.split('|'));
  const wanted = aspects.filter(each => each.some(aspect => names(words, aspect))).flat();
  const own =
    wanted.length === 0
      ? findings
      : findings.filter(({ message }) => wanted.some(aspect => message.toLowerCase().includes(aspect)));
  const [first] = own;
  if (!first) return open(`what fails there is something else: ${findings[0]?.message ?? ''}`);
  const evidence = own.slice(0, MOST_EVIDENCE).map((finding): ClaimEvidence => ({
    speaks: 'against',
    control,
    service: witness.assessed.id,
    says: finding.message,
    places: finding.places.slice(0, MOST_EVIDENCE).map(({ at, says }) => ({ at, says })),
  }));
  const isOfAll = words.some(word => ALL.has(word));
  const isSpread = topic.spread !== 'none' && SPREADS[topic.spread](witness.facts);
  const isFlaw =
    (!(isOfAll && topic.universal) && own.every(({ lowered }) => lowered !== '')) ||
    (isSpread && !isOfAll) ||
    (topic.existence && !own.some(isAbsence));
  return { is: isFlaw ? 'half' : 'fails', evidence, because: isFlaw ? 'it is there, with flaws' : '' };
}

/** What is said of all is false by one. */
const ALL = new Set(['all', 'every', 'each', 'no', 'zero', 'never', 'any']);

const isAbsence = ({ message }: AssessedFinding): boolean => message.startsWith('There is no');

const saysOf = (evidence: Evidence): string => {
  switch (evidence.kind) {
    case 'place':
    case 'statement':
      return evidence.says;
    case 'absence':
      return `no ${evidence.of}`;
    case 'observation':
      return `${evidence.did}: ${evidence.saw}`;
  }
};

const placesOf = (evidence: Evidence): readonly Place[] =>
  evidence.kind === 'place' || evidence.kind === 'statement'
    ? [{ at: evidence.at, says: evidence.says }]
    : [];
