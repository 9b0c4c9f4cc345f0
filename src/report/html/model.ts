import type {
  AssessedFramework,
  CategoryScore,
  Claim,
  ClaimVerdict,
  Excerpt,
  Judgement,
  Readiness,
  Severity,
  Step,
} from '../../model/index.ts';

/**
 * What the report page shows, as plain data: names are looked up, what repeats is told once, long lists are cut, and
 * no text holds a sign that hides or turns others. Components need nothing else, whoever serves them.
 */
export interface ReportPage {
  readonly repository: string;
  /** For people: `commit 3f2a…`, `not under git`. */
  readonly commit: string;
  /** The day of the assessment, as `2026-11-21`. */
  readonly day: string;
  /** Name and version of what assessed. */
  readonly tool: string;
  readonly verdict: PageVerdict;
  readonly counts: PageCounts;
  readonly next: PageNext;
  readonly plan: PagePlan;
  readonly comparison: PageComparison | 'none';
  readonly categories: readonly PageCategory[];
  readonly services: readonly PageService[];
  /** Worst first; those on trial behind all others. */
  readonly groups: readonly FindingGroup[];
  readonly baseline: PageBaseline;
  readonly passes: readonly PagePass[];
  /** What reading could not decide. */
  readonly open: readonly PageReason[];
  /** What only people can say. */
  readonly toState: readonly PageReason[];
  readonly notApplicable: readonly PageReason[];
  readonly accepted: readonly PageAccepted[];
  readonly notices: readonly PageNote[];
  readonly frameworks: readonly AssessedFramework[];
  /** Empty unless somebody asked for them. */
  readonly claims: PageClaims;
  readonly skipped: PageList;
  readonly problems: PageList;
}

export interface PageVerdict {
  readonly readiness: Readiness;
  /** As a sentence of the report says it: `Not ready`. */
  readonly words: string;
  /** The rule that led to it, as a sentence. */
  readonly rule: string;
  readonly points: number | 'none';
  /** The share of what applies that could be decided, 0 to 1. */
  readonly coverage: number;
}

export interface PageCounts {
  readonly findings: Readonly<Record<Severity, number>>;
  readonly trial: number;
  readonly passed: number;
  readonly open: number;
  readonly toState: number;
  readonly notApplicable: number;
  readonly accepted: number;
}

export interface PageNext {
  /** The first ones, with most effect for least effort. */
  readonly steps: readonly PageStep[];
  /** The next readiness, as words; empty when there is none to reach. */
  readonly readiness: string;
  readonly stepsToIt: number;
}

export interface PageStep {
  readonly control: string;
  readonly title: string;
  readonly severity: Severity;
  readonly places: number;
  readonly remedy: string;
  /** The group of its findings on the page; empty when there is none. */
  readonly group: string;
}

export interface PageCategory extends CategoryScore {
  readonly name: string;
  readonly applies: boolean;
  readonly findings: number;
}

export interface PageService {
  readonly id: string;
  readonly path: string;
  /** Framework, or language where none is known. */
  readonly kind: string;
  readonly readiness: Readiness;
  readonly words: string;
  readonly points: number | 'none';
  readonly coverage: number;
  readonly findings: Readonly<Record<Severity, number>>;
  /** In the order of `ReportPage.categories`; `apart` where a category does not apply to this service. */
  readonly categories: readonly (number | 'none' | 'apart')[];
  readonly starts: readonly PageStart[];
}

export interface PageStart {
  readonly command: string;
  readonly where: string;
  readonly target: string;
  readonly production: boolean;
}

/** What fails of one control with one severity. */
export interface FindingGroup {
  /** Fit for an address: `access-token-issuance-critical`. */
  readonly id: string;
  readonly control: string;
  readonly category: string;
  readonly categoryName: string;
  /** The sentence that would be true if it passed. */
  readonly title: string;
  readonly severity: Severity;
  readonly stage: Judgement['stage'];
  readonly impact: string;
  readonly remedy: string;
  readonly findings: readonly PageFinding[];
}

export interface PageFinding {
  /** Of every service that has it; the first one names it on the page. */
  readonly ids: readonly string[];
  readonly services: readonly string[];
  /** `src/app.py:70-74`; empty where there is no place. */
  readonly where: string;
  readonly message: string;
  readonly lowered: string;
  readonly since: 'new' | 'known' | 'none';
  readonly fixable: 'auto' | 'scaffold' | 'no';
  /** Where it says something else than that of its group; empty otherwise. */
  readonly remedy: string;
  /** The way that was followed, in its order; the place of the finding alone where there was none to follow. */
  readonly way: readonly WayStep[];
  readonly searched: PageList;
  readonly observed: readonly Step[];
}

export interface WayStep {
  /** What kind of file it is, for people. */
  readonly role: string;
  readonly where: string;
  readonly path: string;
  readonly says: readonly string[];
  /** Whether it is the place of the finding itself. */
  readonly own: boolean;
  readonly lines: Excerpt;
  /** The lines that are meant, among those that are shown. */
  readonly from: number;
  readonly to: number;
}

export interface PagePass {
  readonly control: string;
  readonly category: string;
  readonly categoryName: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rank: Judgement['rank'];
  readonly services: readonly string[];
  readonly proofs: readonly PageNote[];
  /** Proofs that are not listed. */
  readonly more: number;
}

export interface PageReason {
  readonly control: string;
  readonly category: string;
  readonly categoryName: string;
  readonly title: string;
  readonly severity: Severity;
  readonly services: readonly string[];
  readonly because: string;
}

export interface PageAccepted {
  readonly control: string;
  readonly title: string;
  readonly severity: Severity;
  readonly services: readonly string[];
  readonly where: string;
  readonly message: string;
  readonly reason: string;
  readonly owner: string;
  readonly until: string;
  /** Where it is written that it is accepted. */
  readonly writtenAt: string;
}

/** A sentence with its place; `where` is empty where there is none. */
export interface PageNote {
  readonly where: string;
  readonly says: string;
}

export interface PageList {
  readonly shown: readonly PageNote[];
  /** How many more there are. */
  readonly more: number;
}

/** `gone` counts findings of the baseline that are there no longer. */
export type PageBaseline = { readonly given: false } | { readonly given: true; readonly gone: number };

/** The work between a service and production. */
export interface PagePlan {
  readonly team: number;
  /** As `2026-11-23`. */
  readonly start: string;
  readonly tiers: readonly PageTier[];
  readonly phases: readonly PagePhase[];
  /** The first and the last day of the picture. */
  readonly from: string;
  readonly to: string;
}

export interface PageTier {
  readonly name: string;
  /** `critical`, `critical and high`, `everything`. */
  readonly holds: string;
  readonly pieces: number;
  readonly effort: PageRange;
  /** Empty when there is nothing to do. */
  readonly ends: string;
  readonly reaches: string;
}

/** Hours, when all goes well and when it does not. */
export interface PageRange {
  readonly low: number;
  readonly high: number;
}

export interface PagePhase {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly effort: PageRange;
  readonly pieces: readonly PagePiece[];
}

export interface PagePiece {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly services: readonly string[];
  readonly effort: PageRange;
  readonly start: string;
  readonly end: string;
  readonly person: number;
  readonly items: readonly PageItem[];
  readonly after: readonly PageNote[];
}

export interface PageItem {
  readonly control: string;
  readonly title: string;
  readonly places: number;
  /** The group of its findings on the page; empty when there is none. */
  readonly group: string;
}

/** What documents say, beside what was found. */
export interface PageClaims {
  readonly counts: Readonly<Record<ClaimVerdict, number>>;
  readonly documents: readonly PageClaimDocument[];
  readonly contradictions: readonly PageContradiction[];
  /** What looked like a claim and was left out, by reason. */
  readonly leftOut: readonly { readonly because: string; readonly count: number }[];
}

export interface PageClaimDocument {
  readonly path: string;
  /** Worst first. */
  readonly claims: readonly PageClaim[];
  readonly scores: readonly PageStatedScore[];
}

export interface PageClaim {
  readonly where: string;
  readonly text: string;
  readonly says: Claim['says'];
  readonly verdict: ClaimVerdict;
  readonly because: string;
  readonly evidence: readonly PageClaimEvidence[];
}

export interface PageClaimEvidence {
  readonly speaks: 'for' | 'against';
  /** Empty for what was compared with a fact. */
  readonly control: string;
  readonly says: string;
  /** Empty for an absence. */
  readonly where: string;
}

export interface PageStatedScore {
  readonly where: string;
  readonly text: string;
  readonly of: string;
  readonly stated: number;
  readonly measured: number | 'none';
  /** It is the score of an earlier state. */
  readonly before: boolean;
}

export interface PageContradiction {
  readonly says: string;
  readonly places: readonly PageNote[];
}

/** What is different from an earlier assessment. */
export interface PageComparison {
  /** What was asked for, with its commit. */
  readonly before: string;
  readonly after: string;
  readonly rows: readonly PageChange[];
  readonly categories: readonly PageChange[];
  readonly turned: readonly PageTurned[];
  readonly appeared: readonly PageChangedFinding[];
  readonly gone: readonly PageChangedFinding[];
  readonly stayed: number;
  /** Why the two may not be quite comparable. */
  readonly notices: readonly string[];
}

/** One figure before and after. */
export interface PageChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** `+1.4`; empty where nothing can be said. */
  readonly by: string;
  readonly turned: 'better' | 'worse' | 'same';
}

export interface PageTurned {
  readonly control: string;
  readonly title: string;
  readonly severity: Severity;
  readonly service: string;
  readonly before: string;
  readonly after: string;
  readonly turned: 'better' | 'worse' | 'other';
}

export interface PageChangedFinding {
  readonly control: string;
  readonly severity: Severity;
  readonly where: string;
  readonly message: string;
  /** The finding on the page; empty when it does not stand there. */
  readonly id: string;
}
