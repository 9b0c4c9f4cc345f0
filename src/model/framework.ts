import type { ControlId, Severity } from './control.ts';
import type { Judgement } from './assessment.ts';

/** A catalogue of requirements by which verdicts can be grouped: SOC 2, GDPR and the like. */
export interface Framework {
  /** As on the command line: `soc2`. */
  readonly id: string;
  /** With its edition, for people. */
  readonly name: string;
  /** Where its text is to be had. */
  readonly source: string;
  readonly clauses: readonly Clause[];
}

export interface Clause {
  /** As the framework counts: `CC6.1`. */
  readonly id: string;
  /** What it is about, in our words. */
  readonly asks: string;
  /** The controls that say something about it. None of them proves it alone. */
  readonly controls: readonly ControlId[];
}

/** The verdicts of an assessment in the order of a framework. */
export interface AssessedFramework {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly clauses: readonly AssessedClause[];
  /** What people have stated for this framework about controls that none of its clauses names. */
  readonly stated: readonly ClauseAnswer[];
}

export interface AssessedClause {
  readonly id: string;
  readonly asks: string;
  /** The worst of its answers: a fail before what is accepted, that before what is open, that before a pass. */
  readonly status: Judgement['status'];
  readonly answers: readonly ClauseAnswer[];
}

export interface ClauseAnswer {
  readonly service: string;
  readonly control: ControlId;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Judgement['status'];
  readonly rank: Judgement['rank'];
}
