import type { Readiness } from './assessment.ts';
import type { ControlId, Severity } from './control.ts';
import type { Location } from './location.ts';

/** How far a plan goes: what is critical, what is of high severity too, everything. DESIGN, "Verdicts, score, readiness". */
export type Tier = 'minimum' | 'recommended' | 'full';

export const TIERS: readonly Tier[] = ['minimum', 'recommended', 'full'];

/** Where the service is to run. */
export type TargetId = 'docker' | 'kubernetes' | 'aws' | 'vercel' | 'railway' | 'vps';

export type PhaseId =
  | 'questions'
  | 'start'
  | 'secrets'
  | 'access'
  | 'surface'
  | 'net'
  | 'data'
  | 'observe'
  | 'deploy'
  | 'load'
  | 'operate';

/** Person-hours: when all goes well, and when it does not. Both are quarters of an hour, so that sums are exact. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** The work between a service and production, in an order in which it can be done. Plain JSON, versioned. */
export interface Plan {
  readonly schema: 1;
  readonly tool: { readonly name: 'seaworthy'; readonly version: string };
  readonly repository: { readonly name: string; readonly commit: string; readonly readiness: Readiness };
  readonly asked: Asked;
  /** The three tiers, whichever was asked for; each holds those before it. */
  readonly tiers: readonly TierTotal[];
  /** Those that have something to do in the tier that was asked for, in their order. */
  readonly phases: readonly PlannedPhase[];
  /** Of the tier that was asked for, in the order in which they are begun. */
  readonly pieces: readonly Piece[];
  readonly weeks: readonly Week[];
  readonly limits: Limits;
  readonly leftOut: LeftOut;
}

/** What the plan was made for. */
export interface Asked {
  /** Empty when nobody said. */
  readonly target: TargetId | '';
  readonly tier: Tier;
  /** Phases that somebody wants first. */
  readonly first: readonly PhaseId[];
  readonly team: number;
  /** As `2026-11-23`. */
  readonly start: string;
  /** The day by which it is wanted; empty when nobody said. */
  readonly until: string;
}

export interface TierTotal {
  readonly tier: Tier;
  readonly severities: readonly Severity[];
  readonly pieces: number;
  readonly effort: Range;
  /** The last day of its work, by low, middle and high effort; empty when there is nothing to do. */
  readonly ends: Ends;
  /** The readiness that is reached when all of it is done and the questions come out well. */
  readonly reaches: Readiness;
  /** Against the day by which it is wanted. */
  readonly inTime: 'yes' | 'perhaps' | 'no' | 'not asked';
}

export interface Ends {
  readonly early: string;
  readonly likely: string;
  readonly late: string;
}

export interface PlannedPhase {
  readonly id: PhaseId;
  readonly title: string;
  readonly why: string;
  readonly pieces: readonly string[];
  readonly effort: Range;
}

/** What one person does in one go: findings with one cause, of one service or of those that share it. */
export interface Piece {
  /** Stable between runs: it says what is done, for which service and in which tier. */
  readonly id: string;
  /** `mend` what was found, `find-out` what could not be told, `deploy` to what the chosen target needs. */
  readonly kind: 'mend' | 'find-out' | 'deploy';
  readonly title: string;
  readonly phase: PhaseId;
  readonly tier: Tier;
  /** The worst of what it mends. */
  readonly severity: Severity;
  /** Empty for what concerns the repository as a whole. */
  readonly services: readonly string[];
  readonly skill: Skill;
  readonly effort: Range;
  /** The part of the effort that comes once: a branch, a review, a release. */
  readonly overhead: Range;
  readonly items: readonly Item[];
  /** Pieces of this plan that are done before, with the reason. */
  readonly after: readonly { readonly piece: string; readonly because: string }[];
  /** The title of the more urgent piece that needs it, where it was moved to an earlier tier; else empty. */
  readonly neededFor: string;
  /** From 1. */
  readonly person: number;
  readonly start: string;
  readonly end: string;
}

/** Who does it: somebody who writes the code, who runs the platform, or who may speak for the organisation. */
export type Skill = 'code' | 'platform' | 'people';

/** One line of the checklist of a piece. */
export interface Item {
  /** Empty for what no control asks. */
  readonly control: ControlId | '';
  readonly title: string;
  readonly severity: Severity;
  /** What to do, or for a question why it is open. */
  readonly says: string;
  readonly effort: Range;
  readonly findings: readonly ItemFinding[];
  /** What belongs to it, one by one. */
  readonly steps: readonly string[];
}

export interface ItemFinding {
  readonly id: string;
  readonly message: string;
  /** `undefined` where something is missing and no place can be named. */
  readonly at: Location | undefined;
}

/** Working days of one week. */
export interface Week {
  /** The first working day of it that belongs to the plan. */
  readonly from: string;
  readonly to: string;
  readonly people: readonly { readonly person: number; readonly pieces: readonly string[] }[];
}

/** What no larger team can change. */
export interface Limits {
  /** The pieces that have to wait for each other and take longest together. */
  readonly chain: readonly string[];
  /** The day on which the chain is done, if nothing else held it up. */
  readonly chainEnds: string;
  /** How many of the team have something to do. */
  readonly busy: number;
  /** The smallest team that is likely done in time, or 0 where no team is; 0 as well when no day was asked for. */
  readonly teamInTime: number;
}

/** What was found and is not in the plan. */
export interface LeftOut {
  /** Findings that somebody has accepted. */
  readonly waived: number;
  /** Controls that hold because a person says so. */
  readonly attested: number;
  /** Findings of controls on trial. */
  readonly trial: number;
  /** Pieces of later tiers than the one that was asked for. */
  readonly later: number;
  /** Controls that the chosen target has no use for. */
  readonly notForTarget: readonly {
    readonly control: ControlId;
    readonly title: string;
    readonly because: string;
  }[];
}
