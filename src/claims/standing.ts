import type { Readiness, StatedScore } from '../model/index.ts';
import type { MarkdownPart } from '../read/documents/markdown-parts.ts';
import { withoutPictures } from './marks.ts';
import { withoutMarkup } from './words.ts';

/** What a document says of the whole. */
export interface Standing {
  readonly part: MarkdownPart;
  readonly text: string;
  readonly says: 'ready' | 'not ready' | 'nothing critical is left';
}

const LABELLED =
  /^(?:overall |current |production |deployment |project |release )*(?:status|verdict|readiness|decision|production[- ]ready|go\/no-go)\s*[:–—-]\s*(.+)$/i;
const ALONE = /^(?:not (?:yet )?)?(?:production[- ]ready|ready for production)[!.]*$/i;
const NOT_READY = /\bnot (yet )?(production[- ]?ready|ready|recommended)\b|\bno-go\b|^no\b/i;
const HALF =
  /\b(partial(ly)?|almost|nearly|mostly|in progress|framework|beta|alpha|development|with (risks|conditions)|pending|%|for (testing|staging|demo))\b/i;
const READY =
  /\bproduction[- ]?ready\b|\bready (for|to) (production|deploy\w*|launch|release|ship)\b|^(\d+ ?% |fully )?ready\b[\s!.]*$|^(go|yes)\b/i;

/** `All 9 critical production readiness issues have been resolved.` */
const NOTHING_LEFT =
  /^(?:all|every)(?: of the)? (?:\d+ )?(?:critical|blocking|production[- ]blocking)(?: and high(?:[- ]priority)?)?(?: (?:production(?: readiness)?|security|known|priority))* (?:issues?|problems?|gaps?|blockers?|findings?|items?)(?: (?:has|have)(?: now)? been| (?:is|are)(?: now)?)? (?:resolved|fixed|closed|addressed|mended|done|completed?)\b(?! (?:in|by|of|for) )/i;

/**
 * A document in a folder speaks of its own subject, unless its name says that it is about readiness. One from
 * elsewhere was handed in because it is about this repository.
 */
const isAboutWhole = (path: string): boolean =>
  !path.includes('/') ||
  path.startsWith('/') ||
  path.startsWith('../') ||
  /(production|readiness|ready|status|deploy|launch|go-?live|assessment|readme)[^/]*$/i.test(path);

/** Deeper in a document a status is that of a part. */
const isOfWhole = ({ kind, under }: MarkdownPart): boolean => {
  const heading = under.at(-1);
  if (!heading || under.length <= 1) return true;
  return (
    (kind !== 'heading' && heading.level <= 2) ||
    /\b(readiness|overall|conclusion|summary|status|production)\b/i.test(heading.text)
  );
};

export function standingOf(path: string, part: MarkdownPart): Standing | undefined {
  if (!isAboutWhole(path)) return undefined;
  if (part.quoted || part.kind === 'row' || part.box !== 'none' || part.text.length > 200) return undefined;
  const text = withoutPictures(withoutMarkup(part.text));
  if (NOTHING_LEFT.test(text) && isOfWhole(part)) return { part, text, says: 'nothing critical is left' };
  const value = LABELLED.exec(text)?.[1] ?? (ALONE.test(text) ? text : undefined);
  if (value === undefined || !isOfWhole(part) || value.split(' ').length > 12) return undefined;
  if (NOT_READY.test(value)) return { part, text, says: 'not ready' };
  if (HALF.test(value) || /\b(if|when|after|once|until|will)\b/i.test(value)) return undefined;
  return READY.test(value) ? { part, text, says: 'ready' } : undefined;
}

export const isReady = (readiness: Readiness): boolean => readiness === 'READY' || readiness === 'PROVEN';

const SCORE = /(?<![\d./-])(\d{1,2}(?:\.\d+)?|\d{1,3})\s*\/\s*(10|100)(?![\d/])/;

/** Names of what is scored, and the categories that are about it; none for the whole. */
const CATEGORIES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(overall|total|production readiness|readiness)\b/i, []],
  [/\bdependenc(y|ies)\b/i, ['supply']],
  [/\btest(s|ing)?\b/i, ['tests']],
  [/\b(disaster recovery|backups?|recovery)\b/i, ['recovery']],
  [/\b(monitoring|observability|logging)\b/i, ['observe']],
  [/\b(docker|container)/i, ['container']],
  [/\bkubernetes\b/i, ['k8s']],
  [/\b(database|persistence)\b/i, ['data']],
  [/\b(ci|ci\/cd|pipeline)\b/i, ['ci']],
  [/\b(configuration|config)\b/i, ['config']],
  [/\b(authentication|access control)\b/i, ['access']],
  [/\bsecurity\b/i, ['config', 'access', 'web']],
  [/\bapi\b/i, ['api']],
];

export interface Measures {
  readonly overall: number | 'none';
  readonly byCategory: ReadonlyMap<string, number | 'none'>;
}

const categoriesIn = (text: string): readonly string[] | undefined =>
  CATEGORIES.find(([pattern]) => pattern.test(text))?.[1];

/** A score that the part states; `9/10` behind or below a name. */
export function scoreIn(path: string, part: MarkdownPart, measures: Measures): StatedScore | undefined {
  if (part.quoted || part.text.length > 200) return undefined;
  const text = withoutPictures(withoutMarkup(part.text));
  const [, points, most] = SCORE.exec(text) ?? [];
  if (points === undefined || Number(points) > Number(most)) return undefined;
  const heading = part.under.at(-1)?.text ?? '';
  const found = categoriesIn(text) ?? categoriesIn(heading);
  const isScore = /\b(score|rating|grade|readiness)\b/i.test(`${text} ${heading}`);
  if (found === undefined || (!isScore && !/^(before|after)\b/i.test(text))) return undefined;
  return {
    at: { path, startLine: part.line, endLine: part.endLine },
    text,
    of: found.join(', ') || 'the whole',
    stated: Math.round((Number(points) / Number(most)) * 100) / 10,
    measured: measuredOf(found, measures),
    before: /^(before|previous|old)\b/i.test(text),
  };
}

/** The mean of the categories of which something was decided. */
function measuredOf(categories: readonly string[], { overall, byCategory }: Measures): number | 'none' {
  if (categories.length === 0) return overall;
  const known = categories.flatMap(category => {
    const points = byCategory.get(category) ?? 'none';
    return points === 'none' ? [] : [points];
  });
  const sum = known.reduce((total, points) => total + points, 0);
  return known.length === 0 ? 'none' : Math.round((sum / known.length) * 10) / 10;
}
