import type { Assessment, Severity } from '../../model/index.ts';
import { markdownReport } from '../markdown.ts';
import { findingsOf, plural, whereOf } from '../words.ts';
import { placeOrRoot } from './place.ts';

/** GitHub shows this many annotations of each kind for one step. */
const MOST_OF_A_KIND = 10;

/** GitHub takes a step summary of 1 MiB. */
const MOST_BYTES = 1024 * 1024;

const KIND: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
};

/** Workflow commands that put findings beside the lines of a pull request, worst first. */
export function githubAnnotations(assessment: Assessment): string {
  const shown = new Map<string, number>();
  const lines: string[] = [];
  let left = 0;
  const all = findingsOf(assessment, 'stable').filter(({ finding }) => finding.since !== 'known');
  for (const { service, judgement, finding } of all) {
    const kind = KIND[finding.severity];
    const count = shown.get(kind) ?? 0;
    shown.set(kind, count + 1);
    if (count >= MOST_OF_A_KIND) {
      left++;
      continue;
    }
    const { path, startLine, endLine } = placeOrRoot(assessment, service, finding);
    const title = `${judgement.control} (${finding.severity})`;
    const text = [finding.message, finding.remedy].join('\n');
    lines.push(
      `::${kind} file=${property(path)},line=${startLine},endLine=${endLine},title=${property(title)}::${data(text)}`,
    );
  }
  const more = left > 0 ? `, ${left} more in the report` : '';
  const total = [...shown.values()].reduce((sum, count) => sum + count, 0);
  lines.push(`seaworthy: ${assessment.readiness}, ${plural(total, 'finding')}${more}`);
  return `${lines.join('\n')}\n`;
}

/** Percent signs and line ends would end or change a command. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** The Markdown report for `$GITHUB_STEP_SUMMARY`; where it is too long, whole sections are left out. */
export function githubSummary(assessment: Assessment): string {
  const whole = markdownReport(assessment);
  if (Buffer.byteLength(whole) <= MOST_BYTES) return whole;
  const note =
    '\n\nThe rest is left out: GitHub takes no more. `--format markdown` writes the whole report.\n';
  const sections = whole.split(/\n(?=#{1,4} )/);
  let text = '';
  for (const section of sections) {
    const longer = text === '' ? section : `${text}\n${section}`;
    if (Buffer.byteLength(longer) + Buffer.byteLength(note) > MOST_BYTES) break;
    text = longer;
  }
  return (text === '' ? shortSummary(assessment) : text) + note;
}

const shortSummary = (assessment: Assessment): string =>
  [
    `# ${assessment.readiness}`,
    '',
    ...findingsOf(assessment, 'stable')
      .filter(({ finding }) => finding.severity === 'critical')
      .slice(0, 100)
      .map(({ judgement, finding }) => `- \`${judgement.control}\` ${whereOf(finding)}`),
  ].join('\n');
