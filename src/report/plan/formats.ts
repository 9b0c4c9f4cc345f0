import type { Plan } from '../../model/index.ts';
import type { Format } from '../formats.ts';
import { planCsv } from './csv.ts';
import { planMarkdown } from './markdown.ts';
import { ganttChart } from './mermaid.ts';
import { planTerminal } from './terminal.ts';

/** Every format of a plan by its name on the command line. */
export const PLAN_FORMATS = {
  terminal: { file: '', says: 'a summary for people', render: planTerminal },
  markdown: { file: 'seaworthy-plan.md', says: 'the whole plan, with a Gantt chart', render: planMarkdown },
  csv: { file: 'seaworthy-plan.csv', says: 'a row for each piece of work', render: planCsv },
  json: {
    file: 'seaworthy-plan.json',
    says: 'the plan, after the published schema',
    render: plan => `${JSON.stringify(plan, undefined, 2)}\n`,
  },
  mermaid: { file: 'seaworthy-plan.mmd', says: 'the Gantt chart alone', render: ganttChart },
} satisfies Readonly<Record<string, Format<Plan>>>;

export type PlanFormatName = keyof typeof PLAN_FORMATS;

export const PLAN_FORMAT_NAMES = Object.keys(PLAN_FORMATS) as readonly PlanFormatName[];
