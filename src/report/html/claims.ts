import type { Claim, ClaimDocument, ClaimEvidence, Claims, ClaimVerdict } from '../../model/index.ts';
import { groupBy } from '../words.ts';
import { saysWhere } from './findings.ts';
import type { PageClaim, PageClaimDocument, PageClaimEvidence, PageClaims } from './model.ts';

/** Worst first. */
const ORDER: readonly ClaimVerdict[] = ['refuted', 'partly', 'no evidence', 'supported'];

/** Evidence of a claim that is listed. */
const MOST_EVIDENCE = 6;

/** What documents say, beside what was found. */
export function pageClaims({ documents, contradictions }: Claims): PageClaims {
  const all = documents.flatMap(({ claims }) => claims);
  const count = (verdict: ClaimVerdict): number => all.filter(claim => claim.verdict === verdict).length;
  return {
    counts: {
      refuted: count('refuted'),
      partly: count('partly'),
      supported: count('supported'),
      'no evidence': count('no evidence'),
    },
    documents: documents.map(documentOf),
    contradictions: contradictions.map(({ says, places }) => ({
      says,
      places: places.map(place => ({ where: saysWhere(place.at), says: place.says })),
    })),
    leftOut: groupBy(
      documents.flatMap(({ leftOut }) => leftOut),
      ({ because }) => because,
    ).map(([because, own]) => ({ because, count: own.reduce((sum, each) => sum + each.count, 0) })),
  };
}

const documentOf = ({ path, claims, scores }: ClaimDocument): PageClaimDocument => ({
  path,
  claims: ORDER.flatMap(verdict => claims.filter(claim => claim.verdict === verdict)).map(claimOf),
  scores: scores.map(({ at, text, of, stated, measured, before }) => ({
    where: saysWhere(at),
    text,
    of,
    stated,
    measured,
    before,
  })),
});

const claimOf = ({ at, text, says, verdict, because, evidence }: Claim): PageClaim => ({
  where: saysWhere(at),
  text,
  says,
  verdict,
  because,
  evidence: evidence.slice(0, MOST_EVIDENCE).map(evidenceOf),
});

const evidenceOf = ({ speaks, control, says, places }: ClaimEvidence): PageClaimEvidence => {
  const [first] = places;
  return { speaks, control, says, where: first ? saysWhere(first.at) : '' };
};
