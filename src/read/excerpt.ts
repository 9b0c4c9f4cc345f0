import type { Excerpt, Location, Repository } from '../model/index.ts';
import { maskSecrets } from './mask.ts';

/** Lines of an excerpt; a longer place is cut. */
const MOST_LINES = 8;
const LONGEST_LINE = 200;

/** Lines that are shown before and behind a place. */
const AROUND = 2;

/** So many lines more are masked than shown: a value may stand behind its name by some lines. */
const MASKED_BEFORE = 20;

/** The lines of a place, secrets masked. */
export function excerptOf(repository: Repository, at: Location): string {
  const { startLine } = at;
  return maskSecrets(linesOf(repository, startLine, lastShown(at), at.path).join('\n'));
}

/** The lines of a place with a little of what stands around them, secrets masked. */
export function surroundingsOf(repository: Repository, at: Location): Excerpt {
  const alone = { startLine: at.startLine, text: excerptOf(repository, at) };
  if (alone.text === '') return alone;
  const from = Math.max(1, at.startLine - AROUND);
  const windowFrom = Math.max(1, from - MASKED_BEFORE);
  const last = lastShown(at);
  const end = last < at.endLine ? last : last + AROUND;
  const window = linesOf(repository, windowFrom, end, at.path);
  const masked = maskSecrets(window.join('\n')).split('\n');
  // A secret over several lines becomes one word, and the lines can no longer be told apart.
  if (masked.length !== window.length) return alone;
  return { startLine: from, text: masked.slice(from - windowFrom).join('\n') };
}

const lastShown = ({ startLine, endLine }: Location): number => Math.min(endLine, startLine + MOST_LINES - 1);

const linesOf = (repository: Repository, from: number, to: number, path: string): readonly string[] =>
  (repository.file(path)?.text ?? '')
    .split('\n', to)
    .slice(from - 1)
    .map(line => line.trimEnd().slice(0, LONGEST_LINE));
