import type { Claim, ClaimEvidence, Claims, ClaimsDocument, ClaimVerdict } from '../model/index.ts';
import {
  countWords,
  leftOutOf,
  saysWords,
  VERDICT_ORDER,
  VERDICT_TITLE,
  whereWords,
  withVerdict,
} from './claims-words.ts';
import { codeSpan, forMarkdown } from './escape.ts';
import { points, RULE } from './words.ts';

/** `seaworthy claims` as a document. */
export function claimsMarkdown({ repository, readiness, score, tool, claims }: ClaimsDocument): string {
  const head = [
    `# Claims of ${forMarkdown(repository.name)}, and what was found`,
    '',
    '| | |',
    '| --- | --- |',
    `| Verdict | **${readiness}**: ${RULE[readiness]} |`,
    `| Score | ${points(score)} of 10 |`,
    `| Method | ${tool.name} ${tool.version}: documents and code were read; nothing was run |`,
  ].join('\n');
  const part = claimsPart(claims);
  return `${head}\n\n${part === '' ? 'No document was found that claims anything.' : part}\n`;
}

/** The same as a part of the report; empty when nobody asked. */
export function claimsPart(claims: Claims): string {
  if (claims.documents.length === 0) return '';
  return [
    '## What the documents claim',
    `${countWords(claims)}.`,
    contradictions(claims),
    scores(claims),
    ...VERDICT_ORDER.map(verdict => table(claims, verdict)),
    leftOut(claims),
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

const cell = (text: string): string => forMarkdown(text).replace(/\s+/g, ' ');

const placeWords = ({ says, places, control, speaks }: ClaimEvidence, verdict: ClaimVerdict): string => {
  const [first] = places;
  const side = verdict === 'partly' ? `${speaks}: ` : '';
  return `${side}${first ? `${codeSpan(whereWords(first))} ` : ''}${cell(says)}${control ? ` (${codeSpan(control)})` : ''}`;
};

const proof = ({ verdict, evidence, because }: Claim): string =>
  [
    ...(verdict === 'no evidence' ? [] : evidence.slice(0, 3).map(each => placeWords(each, verdict))),
    ...(because ? [cell(because)] : []),
  ].join('<br>');

function table(claims: Claims, verdict: ClaimVerdict): string {
  const own = withVerdict(claims, verdict);
  if (own.length === 0) return '';
  return [
    `### ${VERDICT_TITLE[verdict]}: ${own.length}`,
    '',
    `| Where | Claim | ${verdict === 'no evidence' ? 'Why' : 'Evidence'} |`,
    '| --- | --- | --- |',
    ...own.map(
      claim =>
        `| ${codeSpan(whereWords(claim))} | ${cell(claim.text)}${saysWords(claim)} | ${proof(claim)} |`,
    ),
  ].join('\n');
}

function contradictions({ contradictions: all }: Claims): string {
  if (all.length === 0) return '';
  return [
    `### Documents that contradict themselves: ${all.length}`,
    '',
    ...all.map(
      ({ says, places }) =>
        `- ${forMarkdown(says)}: ${places.map(place => `${codeSpan(whereWords(place))} ${cell(place.says)}`).join('; ')}`,
    ),
  ].join('\n');
}

function scores({ documents }: Claims): string {
  const all = documents.flatMap(document => document.scores);
  if (all.length === 0) return '';
  return [
    '### Scores of the documents, and the measured ones',
    '',
    '| Where | Of | Stated | Measured |',
    '| --- | --- | ---: | ---: |',
    ...all.map(
      ({ at, of, stated, measured, before }) =>
        `| ${codeSpan(whereWords({ at }))} | ${cell(of)}${before ? ', before' : ''} | ${stated} | ${before ? '–' : points(measured)} |`,
    ),
  ].join('\n');
}

function leftOut(claims: Claims): string {
  const left = leftOutOf(claims);
  return left.length === 0
    ? ''
    : `Left out, since they could not be understood as claims about the present: ${left.map(([because, count]) => `${count} ${because}`).join(', ')}.`;
}
