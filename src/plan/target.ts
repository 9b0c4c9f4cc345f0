import type { ControlId, PhaseId, Range, Severity, Skill, TargetId } from '../model/index.ts';
import type { Found } from './found.ts';
import type { WorkId } from './works/index.ts';

/** A place where services run: what it makes unnecessary, and what it needs. */
export interface Target {
  readonly id: TargetId;
  /** Controls that ask about things which this place does not use, or does by itself. */
  readonly leaves: readonly { readonly controls: readonly ControlPattern[]; readonly because: string }[];
  readonly needs: readonly Need[];
}

/** A control, or `category/*` for all of a category. */
export type ControlPattern = ControlId;

/** Something without which the service does not run well in that place. */
export interface Need {
  readonly id: string;
  /** What is done, as an order. */
  readonly title: string;
  /** The question to which the answer is no, where reading cannot tell. */
  readonly question: string;
  readonly phase: PhaseId;
  readonly severity: Severity;
  readonly skill: Skill;
  readonly effort: Range;
  /** What follows for the reader, and where one looked. */
  readonly says: string;
  readonly steps: readonly string[];
  /** Works that are better done before. */
  readonly after: readonly WorkId[];
  /** Controls without which it cannot be done. */
  readonly needs: readonly ControlId[];
  /** Controls that ask the same: their findings and questions are part of this. */
  readonly answers: readonly ControlId[];
  /** Whether the repository has it. */
  readonly isThere: (found: Found) => 'yes' | 'no' | 'unclear';
}

export const leavesOut = (pattern: ControlPattern, control: ControlId): boolean =>
  pattern.endsWith('/*') ? control.startsWith(pattern.slice(0, -1)) : pattern === control;
