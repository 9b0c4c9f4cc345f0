import type { Attested, ControlId, Verdict } from '../model/index.ts';

/** What people have said, and the day on which it is judged. */
export interface Statements {
  readonly attestations: readonly Attested[];
  /** As `2026-11-21`. */
  readonly today: string;
}

/**
 * A statement decides what reading left open, from its day until its last day. What reading has decided stands:
 * evidence that was read is stronger than what somebody says (DESIGN, "evidence ranked").
 */
export function withStatements(
  control: ControlId,
  verdict: Verdict,
  { attestations, today }: Statements,
): Verdict {
  if (verdict.status !== 'unknown') return verdict;
  const own = attestations.filter(each => each.control === control);
  const holding = own.filter(({ when, until }) => when <= today && today <= until);
  if (holding.length > 0)
    return {
      status: 'pass',
      exhaustive: false,
      evidence: holding.map(each => ({ kind: 'statement', at: each.at, says: saying(each) })),
    };
  const [over] = own;
  return over ? { ...verdict, because: `${verdict.because}; ${faultOf(over, today)}` } : verdict;
}

const saying = ({ who, when, until, evidence }: Attested): string =>
  `${who} says so, on ${when} and until ${until}${evidence === '' ? '' : `: ${evidence}`}`;

const faultOf = ({ who, when, until, at }: Attested, today: string): string =>
  until < today
    ? `what ${who} said ended on ${until} (${at.path}:${at.startLine})`
    : `what ${who} said begins on ${when} (${at.path}:${at.startLine})`;
