import type { Assessment, Plan } from '../model/index.ts';
import { nextMonday } from './calendar.ts';
import { planOf } from './plan.ts';

/** The plan for everything, by one person from the Monday after that day: what a report shows when nobody said more. */
export const usualPlan = (assessment: Assessment, day: string): Plan =>
  planOf(assessment, { target: '', tier: 'full', first: [], team: 1, start: nextMonday(day), until: '' });
