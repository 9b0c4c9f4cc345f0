import type { Judgement, Readiness } from './assessment.ts';
import type { ControlId, Severity } from './control.ts';
import type { Location } from './location.ts';

/** What is different between two assessments of one repository. Plain JSON, versioned. */
export interface Comparison {
  readonly schema: 1;
  readonly tool: { readonly name: 'seaworthy'; readonly version: string };
  readonly before: Side;
  readonly after: Side;
  readonly readiness: Turn;
  /** 0 to 10. */
  readonly overall: Change;
  /** The share of what applies that could be decided, 0 to 1. */
  readonly coverage: Change;
  /** In the order of their first appearance, those of `before` first. */
  readonly categories: readonly CategoryChange[];
  /** Services that one side has and the other has not. */
  readonly services: { readonly added: readonly string[]; readonly gone: readonly string[] };
  /** Controls of services of both sides that come out differently: the worse ones first, then the better ones. */
  readonly verdicts: readonly TurnedVerdict[];
  /** Findings that count after and did not before. */
  readonly appeared: readonly ChangedFinding[];
  /** Findings that counted before and do not after. */
  readonly gone: readonly ChangedFinding[];
  /** Findings of both sides that stand elsewhere or weigh differently. */
  readonly moved: readonly MovedFinding[];
  /** Findings of both sides, moved ones included. */
  readonly stayed: number;
  /** Why the two may not be quite comparable. */
  readonly notices: readonly string[];
}

export interface Side {
  /** As it was asked for: a file, a folder or a revision. */
  readonly label: string;
  readonly repository: string;
  /** Empty where it is not known. */
  readonly commit: string;
  readonly dirty: boolean;
  readonly version: string;
  readonly readiness: Readiness;
  /** Findings of stable controls that count. */
  readonly findings: Readonly<Record<Severity, number>>;
}

export type Turn = 'better' | 'worse' | 'same';

/** A number before and after; `by` is `none` where one of them is, `percent` also where it was zero. */
export interface Change {
  readonly before: number | 'none';
  readonly after: number | 'none';
  readonly by: number | 'none';
  readonly percent: number | 'none';
}

export interface CategoryChange {
  readonly category: string;
  readonly points: Change;
  readonly coverage: Change;
  readonly failed: Change;
  readonly unknown: Change;
}

export type VerdictStatus = Judgement['status'];

export interface TurnedVerdict {
  readonly service: string;
  readonly control: ControlId;
  readonly title: string;
  readonly severity: Severity;
  readonly before: ToldVerdict;
  readonly after: ToldVerdict;
  /** `other`: neither better nor worse, such as accepted or no longer decided. */
  readonly turned: 'better' | 'worse' | 'other';
}

/** A verdict with the first lines of what it rests on. */
export interface ToldVerdict {
  readonly status: VerdictStatus;
  readonly lines: readonly ToldLine[];
}

export interface ToldLine {
  /** Left out where nothing stands anywhere. */
  readonly at: Location | undefined;
  readonly says: string;
}

/** What the other side says where this finding is: nothing (it is new, or mended), or why it does not count there. */
export type OtherSide = 'not there' | 'accepted' | 'unknown' | 'not-applicable' | 'not asked';

export interface ChangedFinding {
  readonly id: string;
  readonly service: string;
  readonly control: ControlId;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Location | undefined;
  readonly other: OtherSide;
}

export interface MovedFinding {
  readonly id: string;
  readonly service: string;
  readonly control: ControlId;
  readonly message: string;
  readonly before: { readonly at: Location | undefined; readonly severity: Severity };
  readonly after: { readonly at: Location | undefined; readonly severity: Severity };
}
