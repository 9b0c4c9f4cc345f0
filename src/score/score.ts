import type { CategoryScore, Judgement, Score } from '../model/index.ts';
import { WEIGHT, worstOf } from './severity.ts';

/** What a judgement weighs: a fail weighs what its worst finding weighs. */
const weightOf = (judgement: Judgement): number =>
  judgement.status === 'fail'
    ? WEIGHT[worstOf(judgement.findings.map(finding => finding.severity))]
    : WEIGHT[judgement.severity];

/** 0 to 10 with one decimal: weight of passes over weight of passes and fails. */
function pointsOf(judgements: readonly Judgement[]): number | 'none' {
  const weigh = (status: string) =>
    judgements.filter(each => each.status === status).reduce((sum, each) => sum + weightOf(each), 0);
  const passed = weigh('pass');
  const decided = passed + weigh('fail');
  return decided === 0 ? 'none' : Math.round((100 * passed) / decided) / 10;
}

const count = (judgements: readonly Judgement[], status: string): number =>
  judgements.filter(each => each.status === status).length;

/** The share of applicable controls that got a pass or a fail, an accepted one included. */
function coverageOf(judgements: readonly Judgement[]): number {
  const applicable = judgements.length - count(judgements, 'not-applicable');
  const decided = ['pass', 'fail', 'waived'].reduce((sum, status) => sum + count(judgements, status), 0);
  return applicable === 0 ? 1 : Math.round((1000 * decided) / applicable) / 1000;
}

/** The score over stable controls, per category in the order of their first appearance. */
export function scoreOf(judgements: readonly Judgement[]): Score {
  const counted = judgements.filter(({ stage }) => stage === 'stable');
  const categories = [...new Set(counted.map(({ category }) => category))];
  return {
    overall: pointsOf(counted),
    coverage: coverageOf(counted),
    categories: categories.map((category): CategoryScore => {
      const own = counted.filter(each => each.category === category);
      return {
        category,
        points: pointsOf(own),
        coverage: coverageOf(own),
        passed: count(own, 'pass'),
        failed: count(own, 'fail'),
        unknown: count(own, 'unknown'),
        notApplicable: count(own, 'not-applicable'),
        waived: count(own, 'waived'),
      };
    }),
  };
}
