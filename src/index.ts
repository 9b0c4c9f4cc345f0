export { assessPath, type AssessResult, type Timing } from './assess-path.ts';
export { judgeRepository, type Judged } from './assess.ts';
export { controls } from './controls/index.ts';
export type * from './model/index.ts';
export { comparisonOf, type Labelled } from './compare/compare.ts';
export { planOf } from './plan/plan.ts';
export { usualPlan } from './plan/usual.ts';
export { reportPageOf } from './report/html/page.ts';
export type * from './report/html/model.ts';
