import type { ControlId, Severity } from './control.ts';
import type { Location } from './location.ts';

/** What a project says about itself in `seaworthy.yaml`. Empty lists where it says nothing. */
export interface Project {
  /** The path of the file; empty when there is none. */
  readonly path: string;
  readonly persona: Persona;
  readonly services: readonly StatedService[];
  /** Patterns as in `.gitignore`. */
  readonly leaveOut: readonly string[];
  readonly severities: readonly SeverityOverride[];
  readonly waivers: readonly Waiver[];
  readonly attestations: readonly Attested[];
}

/** Who looks: what the gate asks for when no option says otherwise. */
export type Persona = 'regular' | 'strict' | 'auditor';

export interface StatedService {
  readonly at: Location;
  /** Folder, `''` for the repository itself. */
  readonly path: string;
  /** The command that production runs in that folder. */
  readonly start: string;
}

export interface SeverityOverride {
  readonly at: Location;
  readonly control: ControlId;
  readonly severity: Severity;
}

/** A risk that somebody has accepted for a time. */
export interface Waiver {
  readonly at: Location;
  readonly control: ControlId;
  /** The finding, file or folder, and service that it is limited to; empty for no limit. */
  readonly finding: string;
  readonly path: string;
  readonly service: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, as `2027-01-31`. */
  readonly until: string;
  /** What the findings said when it was written: when that changes, the waiver no longer holds. Empty: not bound. */
  readonly content: string;
}

/** A person's statement that a control holds. */
export interface Attested {
  readonly at: Location;
  readonly control: ControlId;
  readonly who: string;
  /** Days, as `2026-05-01`. */
  readonly when: string;
  readonly until: string;
  /** An address or a path where the proof lies. */
  readonly evidence: string;
  readonly frameworks: readonly string[];
}

/** `# seaworthy: ignore[web/cors] -- reason (until 2027-01-31)` */
export interface InlineIgnore {
  readonly at: Location;
  /** The line that it is about: its own, or the next one when nothing else stands on its own. */
  readonly line: number;
  readonly controls: readonly ControlId[];
  readonly reason: string;
  /** Empty for no end. */
  readonly until: string;
}
