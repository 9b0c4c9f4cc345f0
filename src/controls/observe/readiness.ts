import {
  dependencyName,
  dependencyOf,
  type DependencyKind,
  type Facts,
  type HealthAnswer,
} from '../../model/index.ts';
import {
  absence,
  defineControl,
  fail,
  failOr,
  lowered,
  mostCertain,
  onProductionPath,
  pass,
  place,
  unknown,
} from '../define.ts';

/** Of connections that production may not come by only the main database counts beside the certain ones. */
function neededBy(facts: Facts<'databaseConnection'>): readonly DependencyKind[] {
  const all = onProductionPath(facts.all('databaseConnection'));
  const certain = mostCertain(all).flatMap(each => dependencyOf(each) ?? []);
  const database = all.flatMap(each => dependencyOf(each) ?? []).filter(kind => kind === 'sql');
  return [...new Set([...certain, ...database])];
}

/** What is named well enough says more than `a dependency` beside it. */
const namesOf = (kinds: readonly DependencyKind[]): string => {
  const certain = kinds.filter(kind => kind !== 'other');
  return (certain.length > 0 ? certain : kinds).map(dependencyName).join(' and ');
};

/** What nothing in this answer asks; a check of something unknown may be of anything. */
const leftOut = ({ checks }: HealthAnswer, needed: readonly DependencyKind[]): readonly DependencyKind[] =>
  checks.some(({ of }) => of === 'other')
    ? []
    : needed.filter(kind => kind !== 'other' && !checks.some(({ of }) => of === kind));

export default defineControl({
  id: 'observe/readiness',
  title: 'A readiness route asks the dependencies before it says yes',
  severity: 'high',
  stage: 'stable',
  asks: 'Follows the reached health routes down to what they ask, beside the databases, caches and search engines that the service connects to, and looks at the status that they answer when one is away.',
  why: 'Requests are sent to an instance that can only answer them with errors.',
  remedy:
    'Serve a route such as /readyz that asks each dependency with a short timeout and answers 503 when one does not answer.',
  sources: ['CATALOG observe/readiness', 'Kubernetes documentation: Liveness, Readiness and Startup Probes'],
  fix: 'auto',
  drill: 'readiness-under-fault',
  needs: ['healthAnswer', 'route', 'databaseConnection'],

  applies: ({ facts }) => neededBy(facts).length > 0 || 'it connects to no database, cache or search engine',

  judge: ({ facts }) => {
    const needed = neededBy(facts);
    const answers = onProductionPath(facts.all('healthAnswer'));
    const asking = answers.filter(({ checks }) => checks.length > 0);
    const [unfollowed] = answers.filter(({ open }) => open !== '');
    const reporting = asking.filter(({ reports }) => reports === 'yes');
    const [whole] = reporting.filter(answer => leftOut(answer, needed).length === 0);
    if (whole)
      return pass([
        place(
          whole.at,
          `${whole.name} asks ${namesOf(needed)} (${whole.checks
            .map(({ says }) => says)
            .slice(0, 3)
            .join(', ')})`,
        ),
      ]);
    if (unfollowed)
      return unknown(`${unfollowed.name} calls ${unfollowed.open}, and what that asks cannot be told`);
    const [doubt] = asking.filter(({ reports }) => reports === 'unclear');
    if (doubt) return unknown(`what ${doubt.name} answers when a dependency is away cannot be told`);
    if (asking.length > 0)
      return failOr(
        asking.map(answer =>
          answer.reports === 'no'
            ? place(
                answer.at,
                `${answer.name} asks ${answer.checks[0]?.says ?? ''} and answers 200 even when that fails`,
              )
            : lowered(
                place(answer.at, `${answer.name} does not ask ${namesOf(leftOut(answer, needed))}`),
                `it asks ${answer.checks[0]?.says ?? ''}`,
              ),
        ),
        unknown('nothing is left to ask'),
      );
    return fail(
      answers.length > 0
        ? answers.map(({ at, name }) => place(at, `${name} answers without asking ${namesOf(needed)}`))
        : [absence(`readiness route that asks ${namesOf(needed)}`, facts.searched('route'))],
    );
  },
});
