import pc from 'picocolors';
import type { Claim, Claims, ClaimsDocument, ClaimVerdict, StatedScore } from '../model/index.ts';
import {
  claimsOf,
  countWords,
  leftOutOf,
  saysWords,
  VERDICT_MARK,
  VERDICT_ORDER,
  VERDICT_TITLE,
  whereWords,
  withVerdict,
} from './claims-words.ts';
import { Page } from './terminal-page.ts';
import { points, type TerminalOptions } from './words.ts';

/** `seaworthy claims` for people at a terminal. */
export function claimsTerminal(document: ClaimsDocument, { colour, width }: TerminalOptions): string {
  const page = new Page(Math.max(40, Math.min(width, 110)), pc.createColors(colour));
  page.text(
    `${document.repository.name}: ${document.readiness}, score ${points(document.score)} of 10`,
    0,
    page.paint.bold,
  );
  claimsSection(page, document.claims);
  if (claimsOf(document.claims).length === 0) page.text('No document was found that claims anything.', 0);
  return page.toString();
}

/** What documents say, beside what was found. */
export function claimsSection(page: Page, claims: Claims): void {
  if (claims.documents.length === 0) return;
  page.title('What the documents claim');
  page.text(`${countWords(claims)}.`, 0);
  contradictions(page, claims);
  scores(page, claims);
  for (const verdict of VERDICT_ORDER) verdicts(page, claims, verdict);
  const left = leftOutOf(claims);
  if (left.length === 0) return;
  page.line('');
  page.text(
    `Left out: ${left.map(([because, count]) => `${count} ${because}`).join(', ')}.`,
    0,
    page.paint.dim,
  );
}

function verdicts(page: Page, claims: Claims, verdict: ClaimVerdict): void {
  const own = withVerdict(claims, verdict);
  if (own.length === 0) return;
  page.title(`${VERDICT_TITLE[verdict]}: ${own.length}`);
  const { red, yellow, green, dim } = page.paint;
  const colour = { refuted: red, partly: yellow, supported: green, 'no evidence': dim }[verdict];
  for (const claim of own) {
    page.text(`${VERDICT_MARK[verdict]} ${whereWords(claim)}  ${claim.text}${saysWords(claim)}`, 0, colour);
    reasons(page, claim);
  }
}

/** Pieces of evidence for one claim; the rest is in the JSON. */
const MOST_EVIDENCE = 2;

function reasons(page: Page, { evidence, because, verdict }: Claim): void {
  for (const { control, says, places, speaks } of verdict === 'no evidence'
    ? []
    : evidence.slice(0, MOST_EVIDENCE)) {
    const [first] = places;
    const where = first ? `${whereWords(first)}  ` : '';
    const side = verdict === 'partly' ? `${speaks}: ` : '';
    page.text(`${side}${where}${says}${control ? ` (${control})` : ''}`, 4, page.paint.dim);
  }
  if (because) page.text(because, 4, page.paint.dim);
}

function contradictions(page: Page, { contradictions: all }: Claims): void {
  if (all.length === 0) return;
  page.title(`Documents that contradict themselves: ${all.length}`);
  for (const { says, places } of all) {
    page.text(`! ${says}`, 0, page.paint.yellow);
    for (const place of places) page.text(`${whereWords(place)}  ${place.says}`, 4, page.paint.dim);
  }
}

const now = ({ documents }: Claims): readonly StatedScore[] =>
  documents.flatMap(({ scores: own }) => own).filter(({ before }) => !before);

function scores(page: Page, claims: Claims): void {
  const all = now(claims);
  if (all.length === 0) return;
  page.title('Scores of the documents, and the measured ones');
  for (const { at, of, stated, measured } of all)
    page.text(`${whereWords({ at })}  ${of}: ${stated} stated, ${points(measured)} measured`, 0);
}
