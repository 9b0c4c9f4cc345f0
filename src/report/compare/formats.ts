import type { Comparison } from '../../model/index.ts';
import type { Format } from '../formats.ts';
import { compareMarkdown } from './markdown.ts';
import { compareTerminal } from './terminal.ts';

/** Every format of a comparison by its name on the command line. */
export const COMPARE_FORMATS = {
  terminal: { file: '', says: 'a summary for people', render: compareTerminal },
  markdown: {
    file: 'seaworthy-comparison.md',
    says: 'the table of before and after, and what turned',
    render: compareMarkdown,
  },
  json: {
    file: 'seaworthy-comparison.json',
    says: 'the comparison, after the published schema',
    render: comparison => `${JSON.stringify(comparison, undefined, 2)}\n`,
  },
} satisfies Readonly<Record<string, Format<Comparison>>>;

export type CompareFormatName = keyof typeof COMPARE_FORMATS;

export const COMPARE_FORMAT_NAMES = Object.keys(COMPARE_FORMATS) as readonly CompareFormatName[];
