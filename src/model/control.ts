import type { FactKind, Facts } from './facts/index.ts';
import type { Service } from './service.ts';
import type { Verdict } from './verdict.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';
export type ControlId = `${string}/${string}`;

/** What a control may look at: one service, and only the facts it asked for. */
export interface Subject<K extends FactKind = FactKind> {
  readonly service: Service;
  readonly facts: Facts<K>;
}

/** One question of a production-readiness review. */
export interface Control<K extends FactKind = FactKind> {
  readonly id: ControlId;
  /** The sentence that is true of a service that passes. */
  readonly title: string;
  readonly severity: Severity;
  /** `trial` controls are shown apart and neither score nor gate, until their precision is measured. */
  readonly stage: 'trial' | 'stable';
  /** What it asks, in one or two sentences: what passes and what fails. */
  readonly asks: string;
  /** What happens to people when it fails. */
  readonly why: string;
  /** What to do, for any framework. */
  readonly remedy: string;
  /** Where the requirement comes from: the catalog, a standard (OWASP ASVS, 12-factor, CIS …), a manual. */
  readonly sources: readonly string[];
  /** How a fix can be made: by itself, as a scaffold that a person completes, or as advice only. */
  readonly fix: 'auto' | 'scaffold' | 'advice';
  /** The runtime check that can observe it; `none` where reading is all there is. */
  readonly drill: string;
  /** The fact kinds it reads. Where one cannot be read, the engine answers `unknown` for it. */
  readonly needs: readonly K[];
  /** `true`, or the reason why the question makes no sense here. */
  readonly applies: (subject: Subject<K>) => true | string;
  readonly judge: (subject: Subject<K>) => Verdict;
}

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** One step down; the lowest stays. */
export const lower = (severity: Severity): Severity =>
  SEVERITIES[Math.min(SEVERITIES.indexOf(severity) + 1, SEVERITIES.length - 1)] ?? 'low';
