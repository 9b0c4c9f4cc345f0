import type {
  AssessedClause,
  AssessedFramework,
  AssessedService,
  Attested,
  ClauseAnswer,
  Framework,
  Judgement,
} from '../model/index.ts';

/** The worst first. */
const ORDER: readonly Judgement['status'][] = ['fail', 'waived', 'unknown', 'pass', 'not-applicable'];

/**
 * The verdicts of stable controls, and what people have stated, by the clauses of a framework.
 * @param attestations those that name the framework are shown even where no clause names their control
 */
export function byFramework(
  { id, name, source, clauses }: Framework,
  services: readonly AssessedService[],
  attestations: readonly Attested[],
): AssessedFramework {
  const answers = services.flatMap(service =>
    service.judgements
      .filter(({ stage }) => stage === 'stable')
      .map(judgement => answerOf(service.id, judgement)),
  );
  const named = new Set(clauses.flatMap(({ controls }) => controls));
  const stated = new Set(
    attestations
      .filter(({ frameworks, control }) => frameworks.includes(id) && !named.has(control))
      .map(({ control }) => control),
  );
  return {
    id,
    name,
    source,
    clauses: clauses.map(({ id: clause, asks, controls }): AssessedClause => {
      const own = controls.flatMap(control => answers.filter(answer => answer.control === control));
      return {
        id: clause,
        asks,
        status: ORDER.find(status => own.some(answer => answer.status === status)) ?? 'not-applicable',
        answers: own,
      };
    }),
    stated: answers.filter(({ control }) => stated.has(control)),
  };
}

const answerOf = (service: string, judgement: Judgement): ClauseAnswer => {
  const { control, title, severity, status, rank } = judgement;
  return { service, control, title, severity, status, rank };
};
