import type { Assessment, Control, Plan } from '../model/index.ts';
import { htmlReport, type PageParts } from './html/document.ts';
import { jsonReport } from './json.ts';
import { badge } from './machine/badge.ts';
import { csvReport } from './machine/csv.ts';
import { githubAnnotations, githubSummary } from './machine/github.ts';
import { gitlabReport } from './machine/gitlab.ts';
import { junitReport } from './machine/junit.ts';
import { sarifReport } from './machine/sarif.ts';
import { markdownReport } from './markdown.ts';
import { reportPageOf } from './html/page.ts';
import { terminalReport } from './terminal.ts';

/** What a report may be made with, beside the assessment. */
export interface Means {
  readonly controls: readonly Control[];
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** The day of the assessment, as `2026-11-21`. */
  readonly day: string;
  /** The plan that a report shows when nobody asked for another. */
  readonly planFor: (assessment: Assessment) => Plan;
  /** Reads what `web/` is built to. */
  readonly pageParts: () => Promise<PageParts>;
}

export interface Format<Document = Assessment> {
  /** The file that `--output-dir` writes; empty for what belongs on the terminal. */
  readonly file: string;
  readonly says: string;
  readonly render: (document: Document, means: Means) => string | Promise<string>;
}

/** Every format by its name on the command line. */
export const FORMATS = {
  terminal: { file: '', says: 'a summary for people', render: terminalReport },
  markdown: { file: 'seaworthy.md', says: 'the whole report, to be read by people', render: markdownReport },
  html: {
    file: 'seaworthy.html',
    says: 'the whole report as one interactive file',
    render: async (assessment, { day, planFor, pageParts }) =>
      htmlReport(
        reportPageOf(assessment, { day, plan: planFor(assessment), comparison: 'none' }),
        await pageParts(),
      ),
  },
  json: { file: 'seaworthy.json', says: 'the assessment, after the published schema', render: jsonReport },
  sarif: {
    file: 'seaworthy.sarif',
    says: 'SARIF 2.1.0 for code scanning',
    render: (assessment, { controls }) => sarifReport(assessment, controls),
  },
  junit: { file: 'seaworthy.junit.xml', says: 'JUnit XML for build servers', render: junitReport },
  github: { file: '', says: 'annotations for GitHub Actions', render: githubAnnotations },
  'github-summary': {
    file: 'seaworthy.summary.md',
    says: 'Markdown for $GITHUB_STEP_SUMMARY',
    render: githubSummary,
  },
  gitlab: {
    file: 'gl-code-quality-report.json',
    says: 'the code quality report of GitLab',
    render: gitlabReport,
  },
  csv: { file: 'seaworthy.csv', says: 'findings as a table', render: csvReport },
  badge: { file: 'seaworthy.svg', says: 'a picture for a README', render: badge },
} satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];
