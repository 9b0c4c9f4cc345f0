import type { AssessedService, Attested, Notice } from '../model/index.ts';

/** Statements that decide nothing: not yet or no longer in force, or about what reading has found to fail. */
export function statementNotices(
  services: readonly AssessedService[],
  attestations: readonly Attested[],
  today: string,
): readonly Notice[] {
  return attestations.flatMap(({ at, control, when, until }): readonly Notice[] => {
    if (until < when) return [{ at, says: `the statement about ${control} ends before it begins` }];
    if (until < today) return [{ at, says: `the statement about ${control} ended on ${until}` }];
    if (today < when) return [{ at, says: `the statement about ${control} begins on ${when} only` }];
    const fails = services.some(({ judgements }) =>
      judgements.some(each => each.control === control && each.findings.length > 0),
    );
    return fails
      ? [
          {
            at,
            says: `${control} fails by what was read, which is stronger than a statement: waive it or mend it`,
          },
        ]
      : [];
  });
}
