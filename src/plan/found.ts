import type { Assessment, ControlId, Judgement } from '../model/index.ts';

/** What an assessment says about the way in which the services are deployed. */
export interface Found {
  readonly services: readonly string[];
  /** The answers of stable controls to one question, one for each service. */
  statuses(control: ControlId): readonly Judgement['status'][];
  /** Whether any control of a category has something to ask. */
  applies(category: string): boolean;
  /** Whether a start command or the description of the target stands in such a file. */
  isDescribedIn(path: RegExp): boolean;
}

export function foundIn({ services }: Assessment): Found {
  const judgements = services.flatMap(service => service.judgements);
  const described = new Set([
    ...services.flatMap(({ startPaths }) => startPaths.map(({ at }) => at.path)),
    ...judgements
      .filter(({ control }) => control === 'deploy/target')
      .flatMap(({ evidence }) => evidence.flatMap(each => ('at' in each ? [each.at.path] : []))),
  ]);
  return {
    services: services.map(({ id }) => id),
    statuses: control =>
      judgements.filter(each => each.control === control && each.stage === 'stable').map(each => each.status),
    applies: category =>
      judgements.some(each => each.category === category && each.status !== 'not-applicable'),
    isDescribedIn: path => [...described].some(each => path.test(each)),
  };
}
