import type { Item, Piece, Plan, PlannedPhase, TierTotal } from '../../model/index.ts';
import { codeBlock, codeSpan, forMarkdown } from '../escape.ts';
import { plural, RULE } from '../words.ts';
import { ganttChart } from './mermaid.ts';
import {
  askedWords,
  dates,
  hours,
  IN_TIME,
  leftOutWords,
  limitWords,
  placeOf,
  SKILL_NAME,
  TIER_SAYS,
  titleOf,
} from './words.ts';

/** The plan as a document: what a team would pin to the wall. */
export function planMarkdown(plan: Plan): string {
  const parts = [
    head(plan),
    inShort(plan),
    ...(plan.pieces.length === 0
      ? []
      : [calendar(plan), ...plan.phases.map((phase, index) => phaseSection(plan, phase, index + 1))]),
    leftOut(plan),
    ...(plan.pieces.length === 0 ? [] : [method()]),
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

const head = (plan: Plan): string =>
  [
    `# Way to production of ${forMarkdown(plan.repository.name)}`,
    '',
    '| | |',
    '| --- | --- |',
    `| Today | **${plan.repository.readiness}**: ${RULE[plan.repository.readiness]} |`,
    `| Code | ${plan.repository.commit === '' ? 'not under git' : `commit ${codeSpan(plan.repository.commit.slice(0, 10))}`} |`,
    `| Made for | ${askedWords(plan)} |`,
    `| Goes as far as | **${plan.asked.tier}** (${TIER_SAYS[plan.asked.tier]}) |`,
    `| Made by | ${plan.tool.name} ${plan.tool.version}, from what was read; hours are ranges, dates follow from them |`,
  ].join('\n');

function inShort(plan: Plan): string {
  if (plan.pieces.length === 0)
    return `## In short\n\nThere is nothing to do in the tier ${plan.asked.tier}.`;
  const withDay = plan.asked.until !== '';
  return [
    '## In short',
    '',
    `| Tier | Takes in | Pieces | Person-hours | Done early | **Likely** | Late |${withDay ? ` By ${plan.asked.until} |` : ''} Leads to |`,
    `| --- | --- | ---: | ---: | --- | --- | --- |${withDay ? ' --- |' : ''} --- |`,
    ...plan.tiers.map(total => tierRow(total, withDay)),
    ...limitWords(plan).flatMap(line => ['', forMarkdown(line)]),
  ].join('\n');
}

const tierRow = ({ tier, pieces, effort, ends, reaches, inTime }: TierTotal, withDay: boolean): string =>
  `| ${tier} | ${TIER_SAYS[tier]} | ${pieces} | ${hours(effort).replace(' h', '')} | ${ends.early || '–'} | **${ends.likely || '–'}** | ${ends.late || '–'} |${withDay ? ` ${IN_TIME[inTime]} |` : ''} ${reaches} |`;

function calendar(plan: Plan): string {
  const persons = [...new Set(plan.pieces.map(({ person }) => person))].sort((a, b) => a - b);
  const title = (id: string) => forMarkdown(titleOf(plan, id));
  return [
    '## Calendar',
    codeBlock(ganttChart(plan).trimEnd(), 'mermaid'),
    [
      `| Week | ${persons.map(person => `Person ${person}`).join(' | ')} |`,
      `| --- |${persons.map(() => ' --- |').join('')}`,
      ...plan.weeks.map(({ from, to, people: own }) => {
        const cells = persons.map(person =>
          (own.find(each => each.person === person)?.pieces ?? []).map(title).join('; '),
        );
        return `| ${from} to ${to} | ${cells.map(cell => cell || '–').join(' | ')} |`;
      }),
    ].join('\n'),
  ].join('\n\n');
}

function phaseSection(plan: Plan, phase: PlannedPhase, number: number): string {
  const pieces = phase.pieces.flatMap(id => plan.pieces.find(piece => piece.id === id) ?? []);
  return [
    `## Phase ${number}: ${phase.title}`,
    `${phase.why} ${plural(pieces.length, 'piece')}, ${hours(phase.effort)}.`,
    ...pieces.map(piece => pieceSection(plan, piece)),
  ].join('\n\n');
}

function pieceSection(plan: Plan, piece: Piece): string {
  const after = piece.after.map(
    ({ piece: id, because }) => `- after ${forMarkdown(titleOf(plan, id))}: ${forMarkdown(because)}`,
  );
  const facts = [
    codeSpan(piece.id),
    piece.tier,
    hours(piece.effort),
    `person ${piece.person}`,
    `skill: ${SKILL_NAME[piece.skill]}`,
    dates(piece),
  ];
  return [
    `### ${forMarkdown(piece.title)}`,
    facts.join(' · '),
    ...(piece.neededFor === ''
      ? []
      : [`More urgent than by itself: it is needed for _${forMarkdown(piece.neededFor)}_.`]),
    ...(after.length > 0 ? [after.join('\n')] : []),
    checklist(piece),
  ].join('\n\n');
}

/** Places that are named for one control; the rest is counted. */
const MOST_PLACES = 12;

/** What is to be ticked off, with the places. */
export const checklist = (
  { items, kind }: Piece,
  link: (finding: Item['findings'][number]) => string = ({ at }) => codeSpan(placeOf(at)),
): string => items.map(item => itemLines(item, kind, link).join('\n')).join('\n');

function itemLines(
  item: Item,
  kind: Piece['kind'],
  link: (finding: Item['findings'][number]) => string,
): readonly string[] {
  const control = item.control === '' ? '' : `${codeSpan(item.control)}, `;
  const shown = item.findings.slice(0, MOST_PLACES);
  const more = item.findings.length - shown.length;
  const goal = kind === 'mend' ? forMarkdown(item.title) : `**${forMarkdown(item.title)}**`;
  return [
    `- [ ] ${goal} (${control}${item.severity}, ${hours(item.effort)}). ${forMarkdown(item.says)}`,
    ...item.steps.map(step => `  - [ ] ${forMarkdown(step)}`),
    ...shown.map(finding => {
      const where = finding.at ? `${link(finding)}: ` : '';
      return `  - ${where}${forMarkdown(finding.message)}`;
    }),
    ...(more > 0 ? [`  - and ${plural(more, 'other place')}`] : []),
  ];
}

function leftOut(plan: Plan): string {
  const lines = leftOutWords(plan);
  if (lines.length === 0) return '';
  return [
    '## Left out\n',
    lines.map(line => `- ${line}`).join('\n'),
    ...(plan.leftOut.notForTarget.length > 0
      ? [
          plan.leftOut.notForTarget
            .map(({ control, because }) => `  - ${codeSpan(control)}: ${forMarkdown(because)}`)
            .join('\n'),
        ]
      : []),
  ].join('\n');
}

const method = (): string =>
  [
    '## How hours and dates come about',
    '',
    `Each control is one kind of work, with hours that come once and hours for each place; each doubling of the places takes the time for one of them to four fifths. The low number is for somebody who knows the code and meets no surprise, the high one for somebody who does not. A person gives it 6 hours of a day; weekends are free, holidays are not known. Early and late say when all pieces take their low or their high hours. A question that turns out badly adds work.`,
  ].join('\n');
