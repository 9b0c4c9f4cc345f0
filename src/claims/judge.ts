import type {
  Claim,
  ClaimEvidence,
  ClaimSays,
  ClaimVerdict,
  ControlId,
  Location,
  Readiness,
  SourceFile,
} from '../model/index.ts';
import { fileOf } from '../model/index.ts';
import { open, together, type Answer, type Court, type Witness } from './answer.ts';
import type { NamedFile } from './files.ts';
import { figuresIn, unknownNumbers, type Figure } from './numbers.ts';
import { isReady, type Standing } from './standing.ts';
import type { Statement } from './statement.ts';
import type { Understood } from './understand.ts';
import { answerFor } from './verdicts.ts';
import { wordsOf } from './words.ts';

/** The services that a place in a document speaks of: those it names, those it lies in, else all. */
function askedBy(at: Location, text: string, { witnesses }: Court): readonly Witness[] {
  const inside = witnesses.filter(
    ({ assessed }) => assessed.path !== '.' && at.path.startsWith(`${assessed.path}/`),
  );
  if (inside.length > 0) return inside;
  const words = new Set(wordsOf(text));
  const named = witnesses.filter(({ assessed }) => wordsOf(assessed.id).every(word => words.has(word)));
  return witnesses.length > 1 && named.length > 0 ? named : witnesses;
}

const VERDICT_OF: Readonly<Record<ClaimSays, Readonly<Record<Answer['is'], ClaimVerdict>>>> = {
  there: { holds: 'supported', fails: 'refuted', half: 'partly', open: 'no evidence' },
  missing: { holds: 'refuted', fails: 'supported', half: 'partly', open: 'no evidence' },
  // That something planned is there already makes no plan false.
  planned: { holds: 'no evidence', fails: 'supported', half: 'no evidence', open: 'no evidence' },
};

const turned = (evidence: ClaimEvidence, says: ClaimSays): ClaimEvidence =>
  says === 'there' ? evidence : { ...evidence, speaks: evidence.speaks === 'for' ? 'against' : 'for' };

interface Judged {
  readonly says: ClaimSays;
  readonly answer: Answer;
  /** It says more than was asked. */
  readonly narrow: boolean;
}

function verdictOf({ says, answer, narrow }: Judged): Pick<Claim, 'verdict' | 'because' | 'evidence'> {
  const verdict = VERDICT_OF[says][answer.is];
  const evidence = answer.evidence.map(each => turned(each, says));
  // A part of what is there may be missing, and a part of what fails may be there. What is not there at all, is not in part.
  if (narrow && !(says !== 'there' && verdict === 'supported' && isAbsent(answer)))
    return { verdict: 'no evidence', because: 'it says more than could be asked', evidence: [] };
  if (says === 'planned' && answer.is === 'holds')
    return { verdict, because: 'it is there already', evidence };
  return {
    verdict,
    because: verdict === 'supported' || verdict === 'refuted' ? '' : answer.because,
    evidence,
  };
}

const isAbsent = ({ evidence }: Answer): boolean =>
  evidence.length > 0 &&
  evidence.every(({ says }) => /^There is no|present and not (wired|attached)/.test(says));

const idsOf = (asked: readonly Witness[]): readonly string[] => asked.map(({ assessed }) => assessed.id);

/** A statement about topics, with the numbers in it. */
export function statementClaim(
  at: Location,
  statement: Statement,
  understood: Understood,
  court: Court,
): Claim {
  const { says, topics, narrow, qualified } = understood;
  const asked = askedBy(at, statement.text, court);
  const answers = topics.map(topic => answerFor(topic, understood, court, asked));
  const parts = says === 'there' ? [...answers, ...numbersOf(statement.text, answers, asked)] : answers;
  const answer = conjunction(parts);
  return {
    at,
    text: statement.text,
    form: statement.form,
    says,
    about: topics.map(({ name }) => name),
    controls: [
      ...new Set(
        topics.flatMap(({ asks }) =>
          asks.flatMap((ask): readonly ControlId[] => (ask.kind === 'check' ? [] : [ask.control])),
        ),
      ),
    ],
    services: idsOf(asked),
    ...verdictOf({ says, answer, narrow: says === 'there' ? qualified : narrow }),
  };
}

/** What is claimed together: one part that fails makes it false, where no other part is shown. */
function conjunction(answers: readonly Answer[]): Answer {
  const failing = answers.filter(({ is }) => is === 'fails');
  const shown = answers.some(({ is }) => is === 'holds' || is === 'half');
  return failing.length > 0 && !shown ? together(failing) : together(answers);
}

/** Numbers matter only where what they describe is there. */
function numbersOf(text: string, topics: readonly Answer[], asked: readonly Witness[]): readonly Answer[] {
  if (!topics.some(({ is }) => is === 'holds')) return [];
  const figures = figuresIn(text);
  const unknown = unknownNumbers(text, figures);
  return [
    ...figures.map(figure => comparedWith(figure, asked)),
    ...(unknown.length > 0
      ? [open(`${unknown.slice(0, 3).join(', ')} could not be compared with anything`)]
      : []),
  ];
}

const comparedWith = ({ kind, value }: Figure, asked: readonly Witness[]): Answer =>
  together(asked.map(witness => kind.compare(value, witness)));

/** A number that is a claim by itself. */
export function figureClaim(at: Location, text: string, figure: Figure, court: Court): Claim {
  const asked = askedBy(at, text, court);
  const answer = comparedWith(figure, asked);
  return {
    at,
    text,
    form: 'number',
    says: 'there',
    about: [figure.kind.name],
    controls: [],
    services: idsOf(asked),
    ...verdictOf({ says: 'there', answer, narrow: false }),
  };
}

/** A file that is said to be there. */
export function fileClaim(at: Location, { text, path }: NamedFile, { repository }: Court): Claim {
  const found = repository.exists(path)
    ? path
    : repository.files.find(file => file.path.endsWith(`/${path}`))?.path;
  const file = found === undefined ? undefined : repository.file(found);
  const isHidden = found === undefined && repository.isIgnored(path);
  const answer: Answer = isHidden
    ? open('git ignores it, so that it may be there elsewhere')
    : {
        is: found === undefined ? 'fails' : 'holds',
        because: '',
        evidence: [
          {
            speaks: found === undefined ? 'against' : 'for',
            control: '',
            service: '',
            says: found === undefined ? `There is no ${path} in the repository` : `${found} is there`,
            places: found === undefined ? [] : [{ at: fileOf(found), says: 'is there' }],
          },
        ],
      };
  return {
    at,
    text,
    form: 'file',
    says: 'there',
    about: ['a file'],
    controls: [],
    services: [],
    ...verdictOf({
      says: 'there',
      answer: file ? together([answer, ...linesOf(text, file)]) : answer,
      narrow: false,
    }),
  };
}

/** `283 lines`, `400+ lines`: a number that anybody can count. */
function linesOf(text: string, { path, text: content }: SourceFile): readonly Answer[] {
  const [, number, more] = /\b(\d{1,6})(\+)?\s+lines\b/.exec(text) ?? [];
  if (number === undefined) return [];
  const count = content.trimEnd().split('\n').length;
  // The last edits after the document was written make it no lie.
  const holds = more ? count >= Number(number) : Math.abs(count - Number(number)) <= Number(number) / 10;
  const says = `${path} has ${count} lines`;
  const evidence: ClaimEvidence = {
    speaks: holds ? 'for' : 'against',
    control: '',
    service: '',
    says,
    places: [{ at: fileOf(path), says }],
  };
  return [{ is: holds ? 'holds' : 'fails', because: '', evidence: [evidence] }];
}

/** What the document says of the whole, against what decides about it. */
export function standingClaim(at: Location, { text, says: stated }: Standing, court: Court): Claim {
  const asked = askedBy(at, '', court);
  const says = stated === 'not ready' ? 'missing' : 'there';
  const answer = together(asked.map(each => standingAnswer(each, stated)));
  return {
    at,
    text,
    form: 'status',
    says,
    about: [
      stated === 'nothing critical is left' ? 'closing of all critical issues' : 'readiness of the whole',
    ],
    controls: [],
    services: idsOf(asked),
    ...verdictOf({ says, answer, narrow: false }),
  };
}

/** Findings that decide about readiness and are named. */
const MOST_FINDINGS = 3;

function standingAnswer({ assessed }: Witness, stated: Standing['says']): Answer {
  const { readiness, id: service } = assessed;
  if (readiness === 'NOTHING TO JUDGE') return open('there was nothing to judge');
  const worst = severityBehind(readiness);
  const findings = assessed.judgements
    .filter(({ stage }) => stage === 'stable')
    .flatMap(({ control, findings: own }) =>
      own.filter(({ severity }) => severity === worst).map(finding => ({ control, finding })),
    );
  const evidence = findings.slice(0, MOST_FINDINGS).map(({ control, finding }): ClaimEvidence => ({
    speaks: 'against',
    control,
    service,
    says: finding.message,
    places: finding.places.slice(0, 1).map(({ at, says }) => ({ at, says })),
  }));
  // With risks that are not critical, nothing critical is left all the same.
  if (isReady(readiness) || (stated === 'nothing critical is left' && readiness === 'READY WITH RISKS')) {
    const says = `measured: ${readiness}`;
    return {
      is: 'holds',
      because: '',
      evidence: [{ speaks: 'for', control: '', service, says, places: [] }],
    };
  }
  return {
    is: readiness === 'NOT READY' ? 'fails' : 'half',
    because: `measured: ${readiness}, ${findings.length} findings of severity ${worst}`,
    evidence,
  };
}

const severityBehind = (readiness: Readiness): string => (readiness === 'NOT READY' ? 'critical' : 'high');
