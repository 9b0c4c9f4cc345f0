import type { Assessment, Readiness } from '../../model/index.ts';
import { points } from '../words.ts';
import { xmlAttribute, xmlText } from './xml.ts';

/** Dark enough for white text (WCAG AA). */
const COLOUR: Readonly<Record<Readiness, string>> = {
  'NOT READY': '#b42318',
  'READY WITH RISKS': '#9a5b00',
  READY: '#1a7f37',
  PROVEN: '#0b5cad',
  'NOTHING TO JUDGE': '#57606a',
};

const HEIGHT = 20;
const PADDING = 8;

/** Verdana at 11 pixels: capitals are wider than the rest. */
const widthOf = (text: string): number => {
  const narrow = text.replace(/[^ .,:il1]/g, '').length;
  const wide = text.replace(/[^A-Z]/g, '').length;
  return Math.round(narrow * 4.2 + wide * 8 + (text.length - narrow - wide) * 6.8);
};

/** A picture for a README: the readiness, and the score with the share of what could be decided. */
export function badge(assessment: Assessment): string {
  const label = 'production readiness';
  const { overall } = assessment.score;
  const value = overall === 'none' ? assessment.readiness : `${assessment.readiness} ${points(overall)}`;
  const left = widthOf(label) + 2 * PADDING;
  const right = widthOf(value) + 2 * PADDING;
  const text = (words: string, x: number) =>
    `<text x="${x}" y="14" text-anchor="middle">${xmlText(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${xmlAttribute(`${label}: ${value}`)}">`,
    `<title>${xmlText(`${label}: ${value}`)}</title>`,
    `<clipPath id="r"><rect width="${left + right}" height="${HEIGHT}" rx="3"/></clipPath>`,
    '<g clip-path="url(#r)">',
    `<rect width="${left}" height="${HEIGHT}" fill="#444d56"/>`,
    `<rect x="${left}" width="${right}" height="${HEIGHT}" fill="${COLOUR[assessment.readiness]}"/>`,
    '</g>',
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">',
    text(label, left / 2),
    text(value, left + right / 2),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
