import pc from 'picocolors';
import type { AssessedFramework, Assessment, Judgement, Readiness, Severity } from '../model/index.ts';
import { claimsSection } from './claims-terminal.ts';
import { Page, type Colours } from './terminal-page.ts';
import {
  applies,
  categoryName,
  commitWords,
  groupBy,
  judgementsWith,
  MARK,
  openByReading,
  percent,
  plural,
  points,
  RULE,
  SEVERITY_ORDER,
  toldOnce,
  toState,
  waivedOf,
  whereOf,
  type FlatFinding,
  type TerminalOptions,
} from './words.ts';

/** Findings of one control that are listed; the rest is counted. */
const MOST_PLACES = 6;

/** The summary that a person reads on a terminal: the verdict first, then what to do, then everything else. */
export function terminalReport(assessment: Assessment, { colour, width }: TerminalOptions): string {
  const paint = pc.createColors(colour);
  const page = new Page(Math.max(40, Math.min(width, 110)), paint);
  heading(page, assessment);
  nextSteps(page, assessment);
  scores(page, assessment);
  for (const severity of SEVERITY_ORDER) findings(page, assessment, severity);
  trials(page, assessment);
  strong(page, assessment);
  for (const each of assessment.frameworks) framework(page, each, assessment.services.length > 1);
  claimsSection(page, assessment.claims);
  undecided(page, assessment);
  accepted(page, assessment);
  leftOut(page, assessment);
  page.line('');
  page.text(
    'More: `--format markdown` for the whole report, `seaworthy explain <control>` for one control.',
    0,
  );
  return page.toString();
}

const readinessColour = (paint: Colours, readiness: Readiness): ((text: string) => string) => {
  if (readiness === 'NOT READY') return text => paint.bold(paint.red(text));
  if (readiness === 'READY WITH RISKS') return text => paint.bold(paint.yellow(text));
  return readiness === 'NOTHING TO JUDGE' ? paint.bold : text => paint.bold(paint.green(text));
};

export const severityColour = (paint: Colours, severity: Severity): ((text: string) => string) =>
  ({ critical: paint.red, high: paint.yellow, medium: paint.cyan, low: paint.dim })[severity];

function heading(page: Page, assessment: Assessment): void {
  const { readiness, repository, services, score } = assessment;
  page.line(readinessColour(page.paint, readiness)(readiness));
  page.text(`${RULE[readiness]}.`, 0);
  page.line('');
  page.text(`${repository.name} (${commitWords(assessment)})`, 0, page.paint.dim);
  for (const service of services) {
    const kind = [service.framework || service.language].filter(Boolean).join(', ');
    page.text(
      `service ${service.id} in ${service.path}: ${kind}${services.length > 1 ? `, ${service.readiness}` : ''}`,
      0,
    );
    const starts = service.startPaths.filter(each => each.production);
    for (const [, [start, ...others]] of groupBy(starts, each => `${each.command} ${each.target}`)) {
      if (!start) continue;
      const more = others.length > 0 ? ` and ${plural(others.length, 'other place')}` : '';
      page.text(
        `starts with \`${start.command}\` (${start.at.path}:${start.at.startLine}${more}) → ${start.target}`,
        2,
        page.paint.dim,
      );
    }
  }
  if (services.length > 0)
    page.text(
      `score ${points(score.overall)} of 10, ${percent(score.coverage)} of what applies could be decided`,
      0,
    );
}

function nextSteps(page: Page, { next }: Assessment): void {
  if (next.steps.length === 0) return;
  page.title('First steps');
  next.steps.slice(0, 3).forEach((step, index) => {
    page.text(`${index + 1}. ${step.control} (${step.severity}, ${plural(step.places, 'place')})`, 0);
    page.text(step.remedy, 3, page.paint.dim);
  });
  if (next.readiness) page.text(`${plural(next.stepsToIt, 'control')} to mend until ${next.readiness}.`, 0);
}

function scores(page: Page, { score }: Assessment): void {
  const shown = score.categories.filter(applies);
  if (shown.length === 0) return;
  page.title('Score and coverage');
  const names = shown.map(({ category }) => categoryName(category));
  const column = Math.min(24, Math.max(...names.map(name => name.length)));
  const room = page.width - column - 22;
  const bar = Math.max(0, Math.min(20, room));
  shown.forEach((each, index) => {
    const name = (names[index] ?? '').slice(0, column).padEnd(column);
    const filled = each.points === 'none' ? 0 : Math.round((each.points / 10) * bar);
    const line = page.paint.green('■'.repeat(filled)) + page.paint.dim('·'.repeat(bar - filled));
    page.line(
      `${name} ${line} ${points(each.points).padStart(4)}  ${percent(each.coverage).padStart(5)} decided`,
    );
  });
  const apart = score.categories.filter(each => !applies(each));
  if (apart.length > 0)
    page.text(
      `Does not apply here: ${apart.map(({ category }) => categoryName(category)).join(', ')}`,
      0,
      page.paint.dim,
    );
}

function findings(page: Page, assessment: Assessment, severity: Severity): void {
  const own = toldOnce(assessment, 'stable').filter(({ finding }) => finding.severity === severity);
  if (own.length === 0) return;
  const colour = severityColour(page.paint, severity);
  page.title(`${severity.toUpperCase()}: ${plural(own.length, 'finding')}`);
  for (const [control, group] of groupBy(own, each => each.judgement.control)) {
    page.line(`${colour('●')} ${control}`);
    places(page, assessment, group);
    const [first] = group;
    if (first) page.text(`→ ${first.finding.remedy}`, 4, page.paint.dim);
  }
}

function places(page: Page, assessment: Assessment, group: readonly FlatFinding[]): void {
  const several = assessment.services.length > 1;
  for (const { finding, service } of group.slice(0, MOST_PLACES)) {
    const where = whereOf(finding);
    const lowered = finding.lowered ? ` (lowered: ${finding.lowered})` : '';
    page.text(`${several ? `[${service}] ` : ''}${where ? `${where}  ` : ''}${finding.message}${lowered}`, 4);
    for (const { at, says } of finding.places.slice(1, 5))
      page.text(`via ${at.path}:${at.startLine}  ${says}`, 6, page.paint.dim);
  }
  if (group.length > MOST_PLACES) page.text(`and ${group.length - MOST_PLACES} more`, 4, page.paint.dim);
}

function trials(page: Page, assessment: Assessment): void {
  const own = toldOnce(assessment, 'trial');
  if (own.length === 0) return;
  page.title('On trial: shown, not counted');
  for (const [control, group] of groupBy(own, each => each.judgement.control)) {
    page.line(`○ ${control}`);
    places(page, assessment, group);
  }
}

function strong(page: Page, assessment: Assessment): void {
  const passed = judgementsWith(assessment, 'pass').filter(
    ({ judgement }) => judgement.severity === 'critical' || judgement.severity === 'high',
  );
  if (passed.length === 0) return;
  page.title('Strong');
  for (const [title, group] of groupBy(passed, each => each.judgement.title)) {
    const proof = group[0]?.judgement.evidence[0];
    const at = proof && proof.kind !== 'observation' ? proof.at : undefined;
    page.text(`✓ ${title}${at ? ` (${at.path}:${at.startLine})` : ''}`, 0);
  }
}

function undecided(page: Page, assessment: Assessment): void {
  const open = openByReading(assessment);
  if (open.length > 0) {
    page.title('Could not be decided');
    for (const { control, because } of open) page.text(`? ${control}: ${because}`, 0);
  }
  const statements = toState(assessment);
  if (statements.length === 0) return;
  page.title('Only people can say: state it in seaworthy.yaml');
  page.text(statements.map(({ control }) => control).join(', '), 0, page.paint.dim);
}

/** What of a framework is met, clause by clause; answers that pass are counted, the others named. */
function framework(page: Page, { name, clauses, stated }: AssessedFramework, several: boolean): void {
  page.title(name);
  for (const { id, asks, status, answers } of clauses) {
    page.text(`${MARK[status]} ${id} ${asks}`, 0, clauseColour(page.paint, status));
    const applicable = answers.filter(answer => answer.status !== 'not-applicable');
    const passed = applicable.filter(answer => answer.status === 'pass').length;
    if (passed > 0) page.text(`${passed} of ${applicable.length} pass`, 4, page.paint.dim);
    for (const kind of ['fail', 'waived', 'unknown'] as const) {
      const own = answers.filter(answer => answer.status === kind);
      if (own.length === 0) continue;
      const names = own.map(({ control, service }) => (several ? `${control} [${service}]` : control));
      page.text(`${MARK[kind]} ${[...new Set(names)].join(', ')}`, 4);
    }
  }
  if (stated.length > 0)
    page.text(`Stated for it as well: ${stated.map(({ control }) => control).join(', ')}`, 0);
}

const clauseColour = (paint: Colours, status: Judgement['status']): ((text: string) => string) => {
  if (status === 'fail') return paint.red;
  if (status === 'pass') return paint.green;
  return status === 'not-applicable' ? paint.dim : paint.yellow;
};

/** Skipped things that are named; the rest is counted. */
const MOST_SKIPPED = 8;

function accepted(page: Page, assessment: Assessment): void {
  const all = waivedOf(assessment);
  if (all.length > 0) {
    page.title('Accepted: they fail, and count for nothing until the day that is named');
    for (const { judgement, waived } of all) {
      const { owner, reason, until } = waived.waiver;
      const who = [owner, until && `until ${until}`].filter(Boolean).join(', ');
      page.text(`~ ${judgement.control} ${whereOf(waived.finding)}  ${reason}${who ? ` (${who})` : ''}`, 0);
    }
  }
  if (assessment.notices.length === 0) return;
  page.title('What the project says of itself and what no longer fits');
  for (const { at, says } of assessment.notices) page.text(`! ${at.path}:${at.startLine}  ${says}`, 0);
}

function leftOut(page: Page, { skipped, problems }: Assessment): void {
  if (skipped.length > 0) {
    page.title('Not looked at');
    for (const { path, because } of skipped.slice(0, MOST_SKIPPED))
      page.text(`${path}: ${because}`, 0, page.paint.dim);
    if (skipped.length > MOST_SKIPPED)
      page.text(`and ${skipped.length - MOST_SKIPPED} more, all in the JSON`, 0, page.paint.dim);
  }
  if (problems.length === 0) return;
  page.title('What seaworthy itself could not do');
  for (const { where, what } of problems) page.text(`${where}: ${what}`, 0);
}
