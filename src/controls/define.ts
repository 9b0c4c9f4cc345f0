import type {
  Control,
  Evidence,
  Fact,
  FactKind,
  Facts,
  Finding,
  Location,
  Place,
  Truth,
  Verdict,
} from '../model/index.ts';

export const defineControl = <const K extends FactKind>(control: Control<K>): Control<K> => control;

/** It holds because of what is there. */
export const pass = (evidence: readonly Evidence[]): Verdict => ({
  status: 'pass',
  evidence,
  exhaustive: false,
});

/** It holds because nothing against it was found; the engine makes it `unknown` where something could not be read. */
export const passEvery = (evidence: readonly Evidence[]): Verdict => ({
  status: 'pass',
  evidence,
  exhaustive: true,
});

export const fail = (findings: readonly Finding[]): Verdict => ({ status: 'fail', findings });
export const unknown = (because: string): Verdict => ({ status: 'unknown', because });

/** The end of every control that only a statement decides. `what`: "who is called when production breaks". */
export const onlyPeople = (what: string): Verdict => unknown(`only people can say ${what}`);

export const place = (at: Location, says: string): Evidence => ({ kind: 'place', at, says });

/** `at` names where it would have to stand, if that is one place. */
export const absence = (of: string, searched: readonly string[], at?: Location): Evidence => ({
  kind: 'absence',
  of,
  searched,
  ...(at && { at }),
});

export const lowered = (finding: Finding, because: string): Finding => ({ ...finding, lowered: because });
export const followed = (finding: Finding, way: readonly Place[]): Finding => ({ ...finding, way });

/** Findings if there are any, else the pass. The commonest end of a control that looks for exceptions. */
export const failOr = (findings: readonly Finding[], otherwise: Verdict): Verdict =>
  findings.length > 0 ? fail(findings) : otherwise;

/** "All of them are." A certain exception fails; failing that, an unclear one leaves the question open. */
export function every<F extends Fact>(
  facts: readonly F[],
  is: (fact: F) => Truth,
  { proof, exception }: { proof: (fact: F) => Evidence; exception: (fact: F) => Finding },
): Verdict {
  const exceptions = facts.filter(fact => is(fact) === 'no');
  if (exceptions.length > 0) return fail(exceptions.map(exception));
  return openBecause(facts, is) ?? passEvery(facts.map(proof));
}

/** `unknown`, naming the first fact about which nothing certain can be said; `undefined` when all is certain. */
export function openBecause<F extends Fact>(
  facts: readonly F[],
  is: (fact: F) => Truth,
): Verdict | undefined {
  const at = facts.find(fact => is(fact) === 'unclear')?.at;
  return at && unknown(`${at.path}:${at.startLine} cannot be told by reading`);
}

/** Facts that production reaches; what is certainly not reached is left out. */
export const onProductionPath = <F extends { readonly reached: Truth }>(facts: readonly F[]): readonly F[] =>
  facts.filter(fact => fact.reached !== 'no');

/** What production certainly reaches; where nothing is certain, what it may reach. */
export const mostCertain = <F extends { readonly reached: Truth }>(facts: readonly F[]): readonly F[] => {
  const certain = facts.filter(fact => fact.reached === 'yes');
  return certain.length > 0 ? certain : onProductionPath(facts);
};

/** The files in which several kinds were looked for. */
export const searchedFor = <K extends FactKind>(
  facts: Facts<K>,
  ...kinds: readonly K[]
): readonly string[] => [...new Set(kinds.flatMap(kind => facts.searched(kind)))];
