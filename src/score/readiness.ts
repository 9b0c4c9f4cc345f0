import type { Judgement, Readiness } from '../model/index.ts';

/** Not an average: one critical fail is enough. Trial controls do not count. */
export function readinessOf(judgements: readonly Judgement[]): Readiness {
  if (judgements.length === 0) return 'NOTHING TO JUDGE';
  const severities = judgements
    .filter(({ stage, status }) => stage === 'stable' && status === 'fail')
    .flatMap(({ findings }) => findings.map(finding => finding.severity));
  if (severities.includes('critical')) return 'NOT READY';
  return severities.includes('high') ? 'READY WITH RISKS' : 'READY';
}

const ORDER: readonly Readiness[] = ['NOT READY', 'READY WITH RISKS', 'READY', 'PROVEN', 'NOTHING TO JUDGE'];

/** The repository is as ready as the worst of its services. */
export const worstReadiness = (all: readonly Readiness[]): Readiness =>
  ORDER.find(readiness => all.includes(readiness)) ?? 'NOTHING TO JUDGE';
