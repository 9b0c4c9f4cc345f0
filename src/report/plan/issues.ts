import { createHash } from 'node:crypto';
import type { Piece, Plan } from '../../model/index.ts';
import { codeSpan, forMarkdown } from '../escape.ts';
import { checklist } from './markdown.ts';
import { dates, hours, placeOf, SKILL_NAME, titleOf } from './words.ts';

/** One file for each piece of work, to be made an issue of. */
export interface IssueFile {
  /** Stable between runs: the id of the piece. */
  readonly name: string;
  readonly text: string;
}

/** @param address of the repository on the web, such as `https://github.com/acme/shop`; empty for no links */
export const issueFiles = (plan: Plan, address: string): readonly IssueFile[] =>
  plan.pieces.map(piece => ({ name: `${piece.id}.md`, text: issue(plan, piece, address) }));

function issue(plan: Plan, piece: Piece, address: string): string {
  const labels = [
    'seaworthy',
    `tier: ${piece.tier}`,
    `phase: ${piece.phase}`,
    `severity: ${piece.severity}`,
    piece.kind,
  ];
  const body = [
    lead(plan, piece),
    ...(piece.after.length > 0
      ? [
          '## First',
          piece.after
            .map(
              ({ piece: id, because }) =>
                `- ${forMarkdown(titleOf(plan, id))} (${codeSpan(`${id}.md`)}): ${forMarkdown(because)}`,
            )
            .join('\n'),
        ]
      : []),
    piece.kind === 'find-out' ? '## To find out' : '## To do',
    checklist(piece, ({ at }) => link(address, plan.repository.commit, at)),
    '## Done when',
    doneWhen(piece),
  ].join('\n\n');
  const head = [
    '---',
    // A JSON string is a YAML string, whatever stands in it.
    `title: ${JSON.stringify(piece.title)}`,
    `labels: ${JSON.stringify(labels)}`,
    '---',
  ].join('\n');
  const text = `${head}\n\n${body}\n`;
  return `${text}\n${markOf(piece.id, text)}\n`;
}

const lead = (plan: Plan, piece: Piece): string =>
  [
    `${hours(piece.effort)} of work (skill: ${SKILL_NAME[piece.skill]}), planned for ${dates(piece)} (person ${piece.person}).`,
    ...(piece.services.length > 0 ? [`Service: ${piece.services.map(codeSpan).join(', ')}.`] : []),
    ...(piece.neededFor === '' ? [] : [`Needed for: ${forMarkdown(piece.neededFor)}.`]),
    plan.repository.commit === '' ? '' : `Found in commit ${codeSpan(plan.repository.commit.slice(0, 10))}.`,
  ]
    .filter(line => line !== '')
    .join(' ');

function doneWhen({ kind, items }: Piece): string {
  if (kind === 'deploy')
    return 'Production runs from what is described here, and `seaworthy plan` with the same target no longer asks for it.';
  const controls = items.flatMap(({ control }) => (control === '' ? [] : [control]));
  const named = controls.map(codeSpan).join(', ');
  return kind === 'find-out'
    ? 'Each question has an answer: work that follows has an issue of its own, and what only people can say stands in `seaworthy.yaml`.'
    : `\`seaworthy assess\` finds nothing more of this: ${named}. Each is explained by \`seaworthy explain <control>\`.`;
}

/** A link to the lines at the commit that was read, so that it goes on showing them. */
function link(address: string, commit: string, at: Piece['items'][number]['findings'][number]['at']): string {
  if (!at || address === '' || commit === '') return codeSpan(placeOf(at));
  const path = at.path
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[()]/g, char => (char === '(' ? '%28' : '%29'));
  const lines = at.startLine === at.endLine ? `#L${at.startLine}` : `#L${at.startLine}-L${at.endLine}`;
  return `[${codeSpan(placeOf(at))}](${address}/blob/${commit}/${path}${lines})`;
}

const MARK = /\n<!-- seaworthy plan: (\S+) ([0-9a-f]{16}) -->\n?$/;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const markOf = (id: string, text: string): string => `<!-- seaworthy plan: ${id} ${hashOf(text)} -->`;

/** Whether a file is ours, and nobody has written in it since. */
export function isOurs(text: string): 'yes' | 'edited' | 'foreign' {
  const mark = MARK.exec(text);
  if (!mark) return 'foreign';
  return hashOf(text.slice(0, mark.index)) === mark[2] ? 'yes' : 'edited';
}
