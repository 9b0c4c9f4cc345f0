import type { Claims } from './claim.ts';
import type { ControlId, Severity } from './control.ts';
import type { AssessedFramework } from './framework.ts';
import type { Location, Place } from './location.ts';
import type { Commit, Skipped } from './repository.ts';
import type { Evidence, Step } from './verdict.ts';

/** The one document that reports, the fleet server and the web page read. Plain JSON, versioned. */
export interface Assessment {
  readonly schema: 1;
  readonly tool: { readonly name: 'seaworthy'; readonly version: string };
  readonly repository: { readonly name: string; readonly path: string; readonly commit: Commit };
  /** Worst first is a matter of reports; here they are in the order of their ids. */
  readonly services: readonly AssessedService[];
  /** Of the whole: the worst readiness, all judgements of production services in one score. */
  readonly readiness: Readiness;
  readonly score: Score;
  readonly next: Next;
  /** The verdicts in the order of the frameworks that were asked for. */
  readonly frameworks: readonly AssessedFramework[];
  /** What documents say, beside what was found; empty unless somebody asked. */
  readonly claims: Claims;
  /** What the project says of itself that is over, unused or no longer fits. */
  readonly notices: readonly Notice[];
  /** Findings of the baseline that are there no longer. */
  readonly gone: number;
  readonly skipped: readonly Skipped[];
  readonly problems: readonly Problem[];
}

/** What to do next. */
export interface Next {
  /** All failing controls, with most effect for least effort first. */
  readonly steps: readonly NextStep[];
  /** The next readiness, and how many of the first steps lead to it; empty when there is none to reach. */
  readonly readiness: Readiness | '';
  readonly stepsToIt: number;
}

/** One thing to do: a control that fails in some places. */
export interface NextStep {
  readonly control: ControlId;
  readonly title: string;
  readonly severity: Severity;
  readonly places: number;
  readonly remedy: string;
  /** Working hours: a guide for the order, not a promise. */
  readonly hours: number;
}

export interface AssessedService {
  readonly id: string;
  /** Folder, `.` for the repository itself. */
  readonly path: string;
  readonly language: string;
  readonly framework: string;
  readonly startPaths: readonly AssessedStart[];
  readonly readiness: Readiness;
  readonly score: Score;
  readonly judgements: readonly Judgement[];
}

export interface AssessedStart {
  readonly command: string;
  readonly at: Location;
  /** `gunicorn`, `python`, … */
  readonly runs: string;
  /** `src/app.py:app`, or why it is not known. */
  readonly target: string;
  readonly production: boolean;
}

export type Readiness = 'NOT READY' | 'READY WITH RISKS' | 'READY' | 'PROVEN' | 'NOTHING TO JUDGE';

export interface Judgement {
  readonly control: ControlId;
  readonly category: string;
  readonly title: string;
  readonly severity: Severity;
  readonly stage: 'trial' | 'stable';
  /** `waived`: it fails, and every place of it was accepted. It counts neither as pass nor as fail. */
  readonly status: 'pass' | 'fail' | 'not-applicable' | 'unknown' | 'waived';
  /** The strongest evidence behind the verdict; `none` where there is no verdict. */
  readonly rank: 'observed' | 'static' | 'attested' | 'claimed' | 'none';
  /** Why, for not-applicable and unknown. */
  readonly because: string;
  /** What proves a pass. */
  readonly evidence: readonly Evidence[];
  /** The places where the answer is no. */
  readonly findings: readonly AssessedFinding[];
  /** Places that somebody has accepted. */
  readonly waived: readonly WaivedFinding[];
}

/** A finding that counts no longer, and who said so. */
export interface WaivedFinding {
  readonly finding: AssessedFinding;
  readonly waiver: {
    /** An entry of `seaworthy.yaml`, or a comment in the code. */
    readonly by: 'waiver' | 'comment';
    readonly at: Location;
    /** Empty for a comment: history knows. */
    readonly owner: string;
    readonly reason: string;
    /** Empty for no end. */
    readonly until: string;
  };
}

export interface Notice {
  readonly at: Location;
  readonly says: string;
}

export interface AssessedFinding {
  /** Stable between runs and line shifts. */
  readonly id: string;
  /** What its lines say, as a short hash: a waiver holds as long as this stays. */
  readonly content: string;
  /** Against the baseline that was given; `none` without one. */
  readonly since: 'new' | 'known' | 'none';
  readonly message: string;
  /** After lowering. */
  readonly severity: Severity;
  readonly lowered: string;
  /** The first one is where; the rest is the way that was followed. Empty for an absence without a place. */
  readonly places: readonly AssessedPlace[];
  /** Where one looked, for an absence. */
  readonly searched: readonly string[];
  /** The lines of the first place, secrets masked; empty where there is no place. */
  readonly excerpt: string;
  readonly impact: string;
  readonly remedy: string;
  readonly fixable: 'auto' | 'scaffold' | 'no';
  readonly observed: readonly Step[];
}

/** A place of a finding, with what stands there and its part in the way. */
export interface AssessedPlace extends Place {
  readonly role: PlaceRole;
  /** Its turn in the way, from 1: from the file that deploys to the line where it takes effect. */
  readonly turn: number;
  /** Its lines with a little of what stands around them, secrets masked. */
  readonly around: Excerpt;
}

/** Lines of a file as they are shown. */
export interface Excerpt {
  readonly startLine: number;
  /** Empty where there is nothing to show. */
  readonly text: string;
}

/** What kind of file a place stands in. */
export type PlaceRole =
  | 'pipeline'
  | 'platform'
  | 'manifest'
  | 'proxy'
  | 'compose'
  | 'environment'
  | 'image'
  | 'dependencies'
  | 'settings'
  | 'code'
  | 'database'
  | 'document'
  | 'file';

export interface Score {
  /** 0 to 10 over all decided controls; `none` when nothing was decided. */
  readonly overall: number | 'none';
  readonly categories: readonly CategoryScore[];
  /** The share of applicable stable controls that got a pass or a fail, 0 to 1. */
  readonly coverage: number;
}

export interface CategoryScore {
  readonly category: string;
  readonly points: number | 'none';
  readonly coverage: number;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly waived: number;
}

/** Something seaworthy itself could not do. It never changes a verdict silently. */
export interface Problem {
  readonly where: string;
  readonly what: string;
}
