import type { Assessment, Comparison } from '../../model/index.ts';
import type { Format } from '../formats.ts';
import { htmlReport } from '../html/document.ts';
import { reportPageOf } from '../html/page.ts';
import { compareMarkdown } from './markdown.ts';
import { compareTerminal } from './terminal.ts';

/** What is different, and how it is now: the page shows both. */
export interface Compared {
  readonly comparison: Comparison;
  readonly after: Assessment;
}

/** Every format of a comparison by its name on the command line. */
export const COMPARE_FORMATS = {
  terminal: {
    file: '',
    says: 'a summary for people',
    render: ({ comparison }, means) => compareTerminal(comparison, means),
  },
  markdown: {
    file: 'seaworthy-comparison.md',
    says: 'the table of before and after, and what turned',
    render: ({ comparison }) => compareMarkdown(comparison),
  },
  html: {
    file: 'seaworthy-comparison.html',
    says: 'the report of what is compared, with what is different, as one interactive file',
    render: async ({ comparison, after }, { day, planFor, pageParts }) =>
      htmlReport(reportPageOf(after, { day, plan: planFor(after), comparison }), await pageParts()),
  },
  json: {
    file: 'seaworthy-comparison.json',
    says: 'the comparison, after the published schema',
    render: ({ comparison }) => `${JSON.stringify(comparison, undefined, 2)}\n`,
  },
} satisfies Readonly<Record<string, Format<Compared>>>;

export type CompareFormatName = keyof typeof COMPARE_FORMATS;

export const COMPARE_FORMAT_NAMES = Object.keys(COMPARE_FORMATS) as readonly CompareFormatName[];
