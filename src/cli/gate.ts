import type { Assessment, Persona, Severity } from '../model/index.ts';
import { SEVERITIES } from '../model/index.ts';
import { EXIT } from './exit-codes.ts';

export interface Gate {
  readonly failOn: Severity | 'never';
  /** 0 to 10; `undefined` for none. */
  readonly minScore: number | undefined;
  /** Controls at or above the severity of the gate must be decided. */
  readonly requireDecided: boolean;
}

/** What a persona asks for where no option says otherwise. DESIGN, "The gate and the noise". */
export const GATE_OF: Readonly<Record<Persona, Pick<Gate, 'failOn' | 'requireDecided'>>> = {
  regular: { failOn: 'critical', requireDecided: false },
  strict: { failOn: 'low', requireDecided: false },
  auditor: { failOn: 'low', requireDecided: true },
};

const countsFor = (failOn: Gate['failOn'], severity: Severity): boolean =>
  failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);

const stableOf = (assessment: Assessment) =>
  assessment.services.flatMap(service => service.judgements.filter(({ stage }) => stage === 'stable'));

/** Whether anything fails at this severity or above that the baseline does not know. */
const failsAt = (assessment: Assessment, failOn: Gate['failOn']): boolean =>
  stableOf(assessment).some(({ findings }) =>
    findings.some(({ severity, since }) => since !== 'known' && countsFor(failOn, severity)),
  );

/** The exit code that the gate comes to. Trial controls, what is accepted and what the baseline knows never gate. */
export function exitCodeOf(assessment: Assessment, { failOn, minScore, requireDecided }: Gate): number {
  const { overall } = assessment.score;
  const belowScore = minScore !== undefined && overall !== 'none' && overall < minScore;
  if (failsAt(assessment, failOn) || belowScore) return EXIT.notMet;
  const open = stableOf(assessment).some(
    ({ status, severity }) => status === 'unknown' && countsFor(failOn, severity),
  );
  const nothing = assessment.services.length === 0;
  return requireDecided && (open || nothing) ? EXIT.undecided : EXIT.met;
}

/** What could be asked for beyond the gate without failing anything; empty when there is nothing. */
export function hintsFor(assessment: Assessment, { failOn }: Gate, withBaseline: boolean): readonly string[] {
  const hints: string[] = [];
  const { gone } = assessment;
  if (gone > 0)
    hints.push(
      `${gone} of the baseline ${gone === 1 ? 'is' : 'are'} gone: \`seaworthy baseline --prune\` makes it smaller`,
    );
  const next = failOn === 'never' ? undefined : SEVERITIES[SEVERITIES.indexOf(failOn) + 1];
  if (next && assessment.services.length > 0 && !failsAt(assessment, next))
    hints.push(
      `nothing ${withBaseline ? 'new ' : ''}of severity ${next} fails: \`--fail-on ${next}\` would be met`,
    );
  return hints;
}
