import pc from 'picocolors';
import type {
  ChangedFinding,
  Comparison,
  MovedFinding,
  ToldVerdict,
  TurnedVerdict,
} from '../../model/index.ts';
import { Page, type Colours } from '../terminal-page.ts';
import { categoryName, plural, type TerminalOptions } from '../words.ts';
import {
  APPEARED,
  countWords,
  coverageOf,
  findingSections,
  GONE,
  hasSeveral,
  isChanged,
  isEmpty,
  isShown,
  percentOf,
  placeWords,
  pointsOf,
  readinessWords,
  servicesWords,
  sideWords,
  signed,
  STATUS,
  TURNED,
} from './words.ts';

/** Findings and verdicts of one kind that are listed; the rest is counted. */
const MOST = 30;

/** What has changed, on a terminal: the readiness first, then the scores, then what turned. */
export function compareTerminal(comparison: Comparison, { colour, width }: TerminalOptions): string {
  const paint = pc.createColors(colour);
  const page = new Page(Math.max(40, Math.min(width, 110)), paint);
  heading(page, comparison);
  scores(page, comparison);
  for (const turned of ['worse', 'better', 'other'] as const) verdicts(page, comparison, turned);
  findings(page, comparison);
  moved(page, comparison);
  if (isEmpty(comparison)) {
    page.line('');
    page.text('Nothing has turned, and no finding is new or gone.', 0);
  }
  return page.toString();
}

function heading(page: Page, comparison: Comparison): void {
  const { before, after, readiness, overall, coverage, notices } = comparison;
  const colour =
    readiness === 'better' ? page.paint.green : readiness === 'worse' ? page.paint.red : page.paint.bold;
  page.line(colour(readinessWords(comparison)));
  page.text(`before: ${sideWords(before)}`, 0, page.paint.dim);
  page.text(`after:  ${sideWords(after)}`, 0, page.paint.dim);
  page.line('');
  const [was, is] = pointsOf(overall);
  const [told, tells] = coverageOf(coverage);
  const more = [signed(overall.by, 1), percentOf(overall)].filter(each => each !== '').join(', ');
  page.text(`score ${was} → ${is} (${more}), decided ${told} → ${tells}`, 0);
  page.text(countWords(comparison), 0);
  for (const line of servicesWords(comparison)) page.text(line, 0);
  for (const line of notices) page.text(`! ${line}`, 0, page.paint.yellow);
}

function scores(page: Page, { categories }: Comparison): void {
  const shown = categories.filter(isShown);
  if (shown.length === 0) return;
  page.title('Score');
  const names = shown.map(({ category }) => categoryName(category));
  const column = Math.min(24, Math.max(8, ...names.map(name => name.length)));
  page.line(page.paint.dim(`${''.padEnd(column)}  before  after  change  fails     decided`));
  for (const [index, each] of shown.entries()) {
    const [was, is] = pointsOf(each.points);
    const [told, tells] = coverageOf(each.coverage);
    const name = (names[index] ?? '').slice(0, column).padEnd(column);
    const by = signed(each.points.by, 1).padStart(6);
    const fails = `${String(each.failed.before)} → ${String(each.failed.after)}`.replaceAll('none', '–');
    const line = `${name}  ${was.padStart(6)}  ${is.padStart(5)}  ${by}  ${fails.padEnd(8)}  ${told === tells ? told : `${told} → ${tells}`}`;
    page.line(isChanged(each) ? changed(page.paint, each.points.by)(line) : page.paint.dim(line));
  }
}

const changed = (paint: Colours, by: number | 'none'): ((text: string) => string) => {
  if (by === 'none' || by === 0) return text => text;
  return by > 0 ? paint.green : paint.red;
};

const MARK: Readonly<Record<TurnedVerdict['turned'], string>> = { worse: '✗', better: '✓', other: '~' };

function verdicts(page: Page, comparison: Comparison, turned: TurnedVerdict['turned']): void {
  const own = comparison.verdicts.filter(each => each.turned === turned);
  if (own.length === 0) return;
  const several = hasSeveral(comparison);
  page.title(`${TURNED[turned]}: ${plural(own.length, 'verdict')}`);
  for (const each of own.slice(0, MOST)) {
    const of = several ? ` [${each.service}]` : '';
    page.text(
      `${MARK[turned]} ${each.control}${of} (${each.severity}): ${STATUS[each.before.status]} → ${STATUS[each.after.status]}`,
      0,
    );
    told(page, 'before', each.before);
    told(page, 'after', each.after);
  }
  rest(page, own.length);
}

/** The first line that a verdict rests on. */
function told(page: Page, side: 'before' | 'after', { lines }: ToldVerdict): void {
  const [line] = lines;
  if (!line) return;
  const where = placeWords(line.at);
  const more = lines.length > 1 ? ` and ${lines.length - 1} more` : '';
  page.text(`${side.padEnd(6)} ${where ? `${where}  ` : ''}${line.says}${more}`, 4, page.paint.dim);
}

const rest = (page: Page, count: number): void => {
  if (count > MOST) page.text(`and ${count - MOST} more, all in the JSON`, 0, page.paint.dim);
};

function findings(page: Page, comparison: Comparison): void {
  const several = hasSeveral(comparison);
  for (const { title, findings: own } of findingSections(comparison)) {
    page.title(`${title}: ${own.length}`);
    const words = comparison.appeared.includes(own[0] as ChangedFinding) ? APPEARED : GONE;
    for (const each of own.slice(0, MOST)) {
      const where = placeWords(each.at);
      const of = several ? ` [${each.service}]` : '';
      const why = words[each.other];
      page.text(`${each.control}${of} (${each.severity})${why ? `: ${why}` : ''}`, 0);
      page.text(`${where ? `${where}  ` : ''}${each.message}`, 4, page.paint.dim);
    }
    rest(page, own.length);
  }
}

function moved(page: Page, { moved: own }: Comparison): void {
  if (own.length === 0) return;
  page.title(`Moved, or of another weight: ${own.length}`);
  for (const each of own.slice(0, MOST)) page.text(movedWords(each), 0, page.paint.dim);
  rest(page, own.length);
}

function movedWords({ control, before, after }: MovedFinding): string {
  const [was, is] = [placeWords(before.at), placeWords(after.at)];
  const place = was === is ? is : `${was || 'nowhere'} → ${is || 'nowhere'}`;
  const weight = before.severity === after.severity ? '' : ` (${before.severity} → ${after.severity})`;
  return `${control}  ${place}${weight}`;
}
