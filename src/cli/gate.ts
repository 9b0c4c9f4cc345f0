import type { Assessment, Severity } from '../model/index.ts';
import { SEVERITIES } from '../model/index.ts';
import { EXIT } from './exit-codes.ts';

export interface Gate {
  readonly failOn: Severity | 'never';
  /** 0 to 10; `undefined` for none. */
  readonly minScore: number | undefined;
  /** Controls at or above the severity of the gate must be decided. */
  readonly requireDecided: boolean;
}

/** The exit code that the gate comes to. Trial controls never gate. */
export function exitCodeOf(assessment: Assessment, { failOn, minScore, requireDecided }: Gate): number {
  const judgements = assessment.services.flatMap(service =>
    service.judgements.filter(({ stage }) => stage === 'stable'),
  );
  const counts = (severity: Severity) =>
    failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
  const fails = judgements.some(({ findings }) => findings.some(finding => counts(finding.severity)));
  const { overall } = assessment.score;
  const belowScore = minScore !== undefined && overall !== 'none' && overall < minScore;
  if (fails || belowScore) return EXIT.notMet;
  const open = judgements.some(({ status, severity }) => status === 'unknown' && counts(severity));
  const nothing = assessment.services.length === 0;
  return requireDecided && (open || nothing) ? EXIT.undecided : EXIT.met;
}
