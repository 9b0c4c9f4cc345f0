import type { Claim, Claims, ClaimVerdict } from '../model/index.ts';
import { plural } from './words.ts';

/** What matters most first. */
export const VERDICT_ORDER: readonly ClaimVerdict[] = ['refuted', 'partly', 'supported', 'no evidence'];

export const VERDICT_MARK: Readonly<Record<ClaimVerdict, string>> = {
  refuted: '✗',
  partly: '~',
  supported: '✓',
  'no evidence': '?',
};

export const VERDICT_TITLE: Readonly<Record<ClaimVerdict, string>> = {
  refuted: 'Refuted',
  partly: 'True in part',
  supported: 'Supported',
  'no evidence': 'Without evidence',
};

export const claimsOf = ({ documents }: Claims): readonly Claim[] =>
  documents.flatMap(({ claims }) => claims);

export const withVerdict = (claims: Claims, verdict: ClaimVerdict): readonly Claim[] =>
  claimsOf(claims).filter(claim => claim.verdict === verdict);

/** `12 claims: 3 refuted, 1 true in part, 6 supported, 2 without evidence; 4 left out`. */
export function countWords(claims: Claims): string {
  const counts = VERDICT_ORDER.map(
    verdict => `${withVerdict(claims, verdict).length} ${VERDICT_TITLE[verdict].toLowerCase()}`,
  );
  const left = claims.documents.flatMap(({ leftOut }) => leftOut).reduce((sum, { count }) => sum + count, 0);
  const rest =
    left === 0 ? '' : `; ${left} more could not be understood and ${left === 1 ? 'is' : 'are'} left out`;
  return `${plural(claimsOf(claims).length, 'claim')} in ${plural(claims.documents.length, 'document')}: ${counts.join(', ')}${rest}`;
}

/** Reasons for what was left out, over all documents, most frequent first. */
export function leftOutOf({ documents }: Claims): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { because, count } of documents.flatMap(({ leftOut }) => leftOut))
    counts.set(because, (counts.get(because) ?? 0) + count);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

/** What a claim that is no plain statement says: it is missing, it is planned. */
export const saysWords = ({ says }: Claim): string =>
  says === 'there' ? '' : says === 'missing' ? ' (said to be missing)' : ' (planned)';

export const whereWords = ({ at }: Pick<Claim, 'at'>): string => `${at.path}:${at.startLine}`;
