import type { AssessedService, ClaimEvidence, Facts, Repository } from '../model/index.ts';

/** A service with what was found out about it. */
export interface Witness {
  readonly assessed: AssessedService;
  readonly facts: Facts;
}

/** All that claims are held against. */
export interface Court {
  readonly repository: Repository;
  readonly witnesses: readonly Witness[];
}

/** What was found out about one thing that a claim says is there. */
export interface Answer {
  /** `half`: it is there, and not as it should be; or here and not there. `open`: nobody can tell. */
  readonly is: 'holds' | 'fails' | 'half' | 'open';
  readonly evidence: readonly ClaimEvidence[];
  /** For `open` and `half`, in words. */
  readonly because: string;
}

export const open = (because: string): Answer => ({ is: 'open', evidence: [], because });

const withBecause = (answers: readonly Answer[]): string =>
  [...new Set(answers.map(({ because }) => because).filter(because => because !== ''))]
    .slice(0, 2)
    .join('; ');

const evidenceOf = (answers: readonly Answer[]): readonly ClaimEvidence[] =>
  answers.flatMap(({ evidence }) => evidence);

const having = (answers: readonly Answer[], is: Answer['is']): readonly Answer[] =>
  answers.filter(answer => answer.is === is);

/** All of them must hold: what fails decides, then what is open. */
export function allOf(answers: readonly Answer[]): Answer {
  for (const is of ['fails', 'half', 'open'] as const) {
    const own = having(answers, is);
    if (own.length > 0) return { is, evidence: evidenceOf(own), because: withBecause(own) };
  }
  return { is: 'holds', evidence: evidenceOf(answers), because: '' };
}

/** Of what is said to be missing: one part that is there makes it true in part only. */
export function noneOf(answers: readonly Answer[]): Answer {
  const failing = having(answers, 'fails');
  if (failing.length === 0) return allOf(answers);
  return having(answers, 'holds').length > 0 ? together(answers) : together(failing);
}

/** The same asked of several services, or of several things at once: what agrees is the answer. */
export function together(answers: readonly Answer[]): Answer {
  const [first] = answers;
  if (!first) return open('no service was found that it could be about');
  const kinds = new Set(answers.map(({ is }) => is));
  const evidence = evidenceOf(answers);
  const because = withBecause(answers);
  if (kinds.size === 1) return { is: first.is, evidence, because };
  // What fails in one place and is not known in another is not refuted; neither is it shown.
  if (kinds.size === 2 && kinds.has('fails') && kinds.has('open'))
    return { is: 'open', evidence: [], because };
  return { is: 'half', evidence, because };
}
