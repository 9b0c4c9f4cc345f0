import type { ControlId } from './control.ts';
import type { Location, Place } from './location.ts';
import type { Readiness } from './assessment.ts';

/** What documents say of the repository, set beside what was found in it. Empty when nobody asked for it. */
export interface Claims {
  /** Documents that make claims, in the order of their paths. */
  readonly documents: readonly ClaimDocument[];
  /** Places where documents disagree, found without looking at the code. */
  readonly contradictions: readonly Contradiction[];
}

export interface ClaimDocument {
  readonly path: string;
  /** In the order of their lines. */
  readonly claims: readonly Claim[];
  readonly scores: readonly StatedScore[];
  /** What looks like a claim and was left out, by reason. */
  readonly leftOut: readonly LeftOutClaims[];
}

export type ClaimForm =
  /** `- [x] …` */
  | 'box'
  /** `✅ …`, `… — DONE` */
  | 'mark'
  /** A row with a column for the state. */
  | 'table'
  /** `Status: READY` */
  | 'status'
  /** An item of a list of what the service has. */
  | 'feature'
  /** A sentence that says it: `No rate limiting`, `Backups are automated`. */
  | 'sentence'
  /** A number with its name: `RPO 1 hour`, `3 replicas`. */
  | 'number'
  /** A file that is said to be there. */
  | 'file';

export type ClaimSays = 'there' | 'missing' | 'planned';

export type ClaimVerdict =
  | 'supported'
  | 'refuted'
  /** One part is shown and another is not. */
  | 'partly'
  | 'no evidence';

export interface Claim {
  readonly at: Location;
  /** As written, without markup. */
  readonly text: string;
  readonly form: ClaimForm;
  readonly says: ClaimSays;
  /** What it speaks of, in our words: `rate limiting`. */
  readonly about: readonly string[];
  /** The controls that were asked about it. */
  readonly controls: readonly ControlId[];
  /** The services that it is about. */
  readonly services: readonly string[];
  readonly verdict: ClaimVerdict;
  /** Why there is no evidence, or what of it is open; empty otherwise. */
  readonly because: string;
  readonly evidence: readonly ClaimEvidence[];
}

export interface ClaimEvidence {
  readonly speaks: 'for' | 'against';
  /** Empty for what was compared with a fact. */
  readonly control: ControlId | '';
  readonly service: string;
  readonly says: string;
  /** Where that is seen; empty for an absence. */
  readonly places: readonly Place[];
}

/** A score that a document gives the repository, beside the one that was measured. */
export interface StatedScore {
  readonly at: Location;
  readonly text: string;
  /** What is scored: `the whole`, or a category of controls. */
  readonly of: string;
  /** 0 to 10. */
  readonly stated: number;
  readonly measured: number | 'none';
  /** It is the score of an earlier state. */
  readonly before: boolean;
}

export interface Contradiction {
  readonly says: string;
  /** The places that disagree, at least two. */
  readonly places: readonly Place[];
}

export interface LeftOutClaims {
  readonly because: string;
  readonly count: number;
}

/** The document that `seaworthy claims --format json` writes. */
export interface ClaimsDocument {
  readonly schema: 1;
  readonly tool: { readonly name: 'seaworthy'; readonly version: string };
  readonly repository: { readonly name: string; readonly path: string };
  readonly readiness: Readiness;
  readonly score: number | 'none';
  readonly claims: Claims;
}
