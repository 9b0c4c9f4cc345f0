import type {
  Control,
  Evidence,
  FactKind,
  Facts,
  Finding,
  Gap,
  Problem,
  Subject,
  Verdict,
} from '../model/index.ts';
import { withStatements, type Statements } from './attested.ts';
import { unknown } from './define.ts';

/** Asks one control about one service; what people have said decides what reading left open. */
export function judge(
  control: Control,
  subject: Subject,
  statements: Statements,
): { verdict: Verdict; problem?: Problem } {
  const read = judgeByReading(control, subject);
  return { ...read, verdict: withStatements(control.id, read.verdict, statements) };
}

/** Whatever goes wrong becomes `unknown`, never a pass. */
function judgeByReading(control: Control, subject: Subject): { verdict: Verdict; problem?: Problem } {
  const unread = control.needs.filter(kind => !subject.facts.isRead(kind));
  if (unread.length > 0)
    return { verdict: unknown(`seaworthy cannot read ${unread.join(' and ')} facts of this service yet`) };
  try {
    const applies = control.applies(subject);
    const verdict: Verdict =
      applies === true ? control.judge(subject) : { status: 'not-applicable', because: applies };
    return {
      verdict: withoutSilence(withProof(withoutRepeats(verdict)), gapsOf(subject.facts, control.needs)),
    };
  } catch (error) {
    return {
      verdict: unknown('the control itself failed'),
      problem: { where: control.id, what: String(error) },
    };
  }
}

/** A pass that nothing proves is no pass. */
const withProof = (verdict: Verdict): Verdict =>
  verdict.status === 'pass' && verdict.evidence.length === 0
    ? unknown('nothing was found that proves it')
    : verdict;

/** Several start paths come by the same place: it is one finding. */
function withoutRepeats(verdict: Verdict): Verdict {
  if (verdict.status === 'fail') return { ...verdict, findings: unique(verdict.findings) };
  return verdict.status === 'pass' ? { ...verdict, evidence: unique(verdict.evidence) } : verdict;
}

function unique<E extends Evidence>(list: readonly E[]): readonly E[] {
  const known = new Map<string, E>();
  for (const each of list) {
    const key = keyOf(each);
    if (!known.has(key)) known.set(key, each);
  }
  return [...known.values()];
}

const keyOf = (evidence: Evidence): string => {
  switch (evidence.kind) {
    case 'place':
    case 'statement':
      return `${evidence.at.path}:${evidence.at.startLine} ${evidence.says}`;
    case 'absence':
      return `${evidence.of} ${evidence.at ? `${evidence.at.path}:${evidence.at.startLine}` : ''}`;
    case 'observation':
      return `${evidence.did} ${evidence.saw}`;
  }
};

const gapsOf = (facts: Facts, needs: readonly FactKind[]): readonly Gap[] =>
  needs.flatMap(kind => facts.gaps(kind));

/**
 * Where a part of the service could not be read, silence proves nothing: neither "there is none" nor
 * "all of them are". What was seen stands.
 */
function withoutSilence(verdict: Verdict, gaps: readonly Gap[]): Verdict {
  const [gap] = gaps;
  if (!gap) return verdict;
  const bySilence =
    verdict.status === 'not-applicable' ||
    (verdict.status === 'pass' && verdict.exhaustive) ||
    (verdict.status === 'fail' && verdict.findings.every(isAbsence));
  return bySilence ? unknown(`${gap.path} ${gap.because}`) : verdict;
}

const isAbsence = (finding: Finding): boolean => finding.kind === 'absence';
