import pc from 'picocolors';
import type { Piece, Plan, TierTotal } from '../../model/index.ts';
import { forTerminal } from '../escape.ts';
import { Page } from '../terminal-page.ts';
import { severityColour } from '../terminal.ts';
import { plural, type TerminalOptions } from '../words.ts';
import { wrap } from '../wrap.ts';
import { askedWords, dates, hours, IN_TIME, leftOutWords, limitWords, TIER_SAYS, titleOf } from './words.ts';

/** The plan on a terminal: how long, then what, then when. */
export function planTerminal(plan: Plan, { colour, width }: TerminalOptions): string {
  const paint = pc.createColors(colour);
  const page = new Page(Math.max(40, Math.min(width, 110)), paint);
  page.line(paint.bold('WAY TO PRODUCTION'));
  page.text(`${plan.repository.name}, today ${plan.repository.readiness}: ${askedWords(plan)}`, 0);
  tiers(page, plan);
  if (plan.pieces.length === 0) {
    page.line('');
    page.text(`There is nothing to do in the tier ${plan.asked.tier}.`, 0);
  }
  for (const phase of plan.phases) {
    page.title(phase.title);
    page.text(phase.why, 0, paint.dim);
    for (const piece of plan.pieces.filter(({ id }) => phase.pieces.includes(id))) pieceLines(page, piece);
  }
  weeks(page, plan);
  leftOut(page, plan);
  if (plan.pieces.length > 0) {
    page.line('');
    page.text('More: `--format markdown` for the whole plan, `--issues-dir <folder>` for issues.', 0);
  }
  return page.toString();
}

function tiers(page: Page, plan: Plan): void {
  page.title('Tiers');
  for (const total of plan.tiers) {
    const isAsked = total.tier === plan.asked.tier;
    const style = isAsked ? page.paint.bold : page.paint.dim;
    page.line(style(`${isAsked ? '▸' : ' '} ${total.tier.padEnd(12)} ${tierLine(total)}`));
    if (total.pieces > 0) page.text(tierSays(total), 15, page.paint.dim);
  }
  for (const line of limitWords(plan)) page.text(line, 0);
}

const tierLine = ({ pieces, effort, ends }: TierTotal): string =>
  pieces === 0
    ? 'nothing to do'
    : `${plural(pieces, 'piece').padStart(10)} ${hours(effort).padStart(11)}  likely done on ${ends.likely}`;

function tierSays({ tier, ends, reaches, inTime }: TierTotal): string {
  const late = inTime === 'not asked' ? '' : `; ${IN_TIME[inTime]}`;
  return `${TIER_SAYS[tier]}; ${ends.early} to ${ends.late}; then ${reaches}${late}`;
}

const MARK: Readonly<Record<Piece['kind'], string>> = { mend: '●', 'find-out': '?', deploy: '+' };

function pieceLines(page: Page, piece: Piece): void {
  const [title = '', ...rest] = wrap(forTerminal(piece.title), page.width - 2);
  page.line(`${severityColour(page.paint, piece.severity)(MARK[piece.kind])} ${title}`);
  for (const line of rest) page.line(`  ${line}`);
  const facts = [
    hours(piece.effort),
    `person ${piece.person}`,
    dates(piece),
    piece.tier,
    ...(piece.neededFor === '' ? [] : [`needed for ${piece.neededFor}`]),
  ];
  page.text(facts.join(' · '), 2, page.paint.dim);
  const controls = piece.items.map(({ control, findings, title: own }) => {
    if (control === '') return piece.kind === 'deploy' ? '' : own;
    return findings.length > 1 ? `${control} (${findings.length})` : control;
  });
  const named = controls.filter(each => each !== '');
  if (named.length > 0) page.text(named.join(', '), 2, page.paint.dim);
}

/** Who works on what, week by week. */
function weeks(page: Page, plan: Plan): void {
  if (plan.weeks.length === 0) return;
  page.title('Weeks');
  for (const { from, to, people } of plan.weeks) {
    page.line(`${from} to ${to}`);
    for (const { person, pieces } of people)
      page.text(`person ${person}: ${pieces.map(id => titleOf(plan, id)).join('; ')}`, 2);
  }
}

function leftOut(page: Page, plan: Plan): void {
  const lines = leftOutWords(plan);
  if (lines.length === 0) return;
  page.title('Left out');
  for (const line of lines) page.text(line, 0);
  for (const { control, because } of plan.leftOut.notForTarget)
    page.text(`${control}: ${because}`, 2, page.paint.dim);
}
