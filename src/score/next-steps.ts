import type { AssessedService, Judgement, Next, NextStep } from '../model/index.ts';
import { WEIGHT, worstOf } from './severity.ts';

/**
 * Hours for the first place of a control and for each further one. Absences are built once; places are mended one
 * by one. Our own estimate, to be replaced by what plans turn out to take.
 */
const HOURS = { first: 0.5, further: 0.25, absence: 3 } as const;

/** A control that fails in many places is not mended by the fourth hour of the same handgrip. */
const MOST_HOURS = 16;

/** What to do next over all services: first what stands between them and the next readiness, cheapest first. */
export function nextOf(services: readonly AssessedService[]): Next {
  const failing = new Map<string, Judgement[]>();
  for (const { judgements } of services)
    for (const judgement of judgements)
      if (judgement.status === 'fail' && judgement.stage === 'stable')
        failing.set(judgement.control, [...(failing.get(judgement.control) ?? []), judgement]);
  const steps = [...failing.values()].flatMap(stepOf).sort(byEffect);
  const critical = steps.filter(({ severity }) => severity === 'critical').length;
  if (critical > 0) return { steps, readiness: 'READY WITH RISKS', stepsToIt: critical };
  const high = steps.filter(({ severity }) => severity === 'high').length;
  return high > 0 ? { steps, readiness: 'READY', stepsToIt: high } : { steps, readiness: '', stepsToIt: 0 };
}

function stepOf(judgements: readonly Judgement[]): readonly NextStep[] {
  const [judgement] = judgements;
  if (!judgement) return [];
  const findings = judgements.flatMap(each => each.findings);
  const placed = findings.filter(finding => finding.places.length > 0).length;
  const absent = findings.length - placed;
  const hours = absent * HOURS.absence + (placed > 0 ? HOURS.first + (placed - 1) * HOURS.further : 0);
  return [
    {
      control: judgement.control,
      title: judgement.title,
      severity: worstOf(findings.map(finding => finding.severity)),
      places: findings.length,
      remedy: findings[0]?.remedy ?? '',
      hours: Math.min(MOST_HOURS, hours),
    },
  ];
}

/** First what stands between the service and the next readiness; in that, weight per hour. */
function byEffect(left: NextStep, right: NextStep): number {
  const tier = ({ severity }: NextStep) => WEIGHT[severity];
  return (
    tier(right) - tier(left) ||
    left.hours - right.hours ||
    (left.control < right.control ? -1 : left.control > right.control ? 1 : 0)
  );
}
