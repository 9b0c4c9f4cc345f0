import type { AssessedService, ControlId, Judgement, Next, NextStep } from '../model/index.ts';
import { WEIGHT, worstOf } from './severity.ts';

/** The likely hours for one control in so many places. */
export type HoursOf = (control: ControlId, places: number) => number;

/** What to do next over all services: first what stands between them and the next readiness, cheapest first. */
export function nextOf(services: readonly AssessedService[], hoursOf: HoursOf): Next {
  const failing = new Map<string, Judgement[]>();
  for (const { judgements } of services)
    for (const judgement of judgements)
      if (judgement.status === 'fail' && judgement.stage === 'stable')
        failing.set(judgement.control, [...(failing.get(judgement.control) ?? []), judgement]);
  const steps = [...failing.values()].flatMap(own => stepOf(own, hoursOf)).sort(byEffect);
  const critical = steps.filter(({ severity }) => severity === 'critical').length;
  if (critical > 0) return { steps, readiness: 'READY WITH RISKS', stepsToIt: critical };
  const high = steps.filter(({ severity }) => severity === 'high').length;
  return high > 0 ? { steps, readiness: 'READY', stepsToIt: high } : { steps, readiness: '', stepsToIt: 0 };
}

function stepOf(judgements: readonly Judgement[], hoursOf: HoursOf): readonly NextStep[] {
  const [judgement] = judgements;
  if (!judgement) return [];
  const findings = judgements.flatMap(each => each.findings);
  return [
    {
      control: judgement.control,
      title: judgement.title,
      severity: worstOf(findings.map(finding => finding.severity)),
      places: findings.length,
      remedy: findings[0]?.remedy ?? '',
      hours: hoursOf(judgement.control, findings.length),
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
