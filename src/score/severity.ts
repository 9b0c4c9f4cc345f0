import type { Finding, Severity } from '../model/index.ts';
import { lower, SEVERITIES } from '../model/index.ts';

/** The severity of one finding: that of its control, or one step less with a reason. */
export const severityOf = (base: Severity, finding: Finding): Severity =>
  finding.lowered ? lower(base) : base;

/** The worst of several; `low` for none. */
export const worstOf = (severities: readonly Severity[]): Severity =>
  SEVERITIES.find(severity => severities.includes(severity)) ?? 'low';

/** DESIGN, "Verdicts, score, readiness". */
export const WEIGHT: Readonly<Record<Severity, number>> = { critical: 10, high: 5, medium: 2, low: 1 };
