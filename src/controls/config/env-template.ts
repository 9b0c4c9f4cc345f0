import { isProvided, type EnvRead } from '../../model/index.ts';
import { absence, defineControl, failOr, mostCertain, onProductionPath, pass, place } from '../define.ts';

/** Reads without a default, one of each name: required ones first, then in the order of the code. */
function wantedOf(reads: readonly EnvRead[]): readonly EnvRead[] {
  const open = reads.filter(
    ({ term, isOptional }) => term.fallback === undefined && !isOptional && !isProvided(term.name),
  );
  const sorted = [...open.filter(({ term }) => term.required), ...open.filter(({ term }) => !term.required)];
  return [...new Map(sorted.toReversed().map(read => [read.term.name, read] as const)).values()].toReversed();
}

export default defineControl({
  id: 'config/env-template',
  title: 'A template names every variable that has no default',
  severity: 'medium',
  stage: 'stable',
  asks: 'Compares the variables that reachable code reads without a default with the env templates of the repository (.env.example, .env.template, .env.sample).',
  why: 'Who sets up the service elsewhere learns of a variable only when something fails without it.',
  remedy: 'Add the missing names to the template, with a word on what they are for and without real values.',
  sources: ['CATALOG config/env-template', '12-factor III'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['envRead', 'envFile'],

  applies: ({ facts }) =>
    onProductionPath(facts.all('envRead')).length > 0 || 'it reads no environment variables',

  judge: ({ facts }) => {
    const templates = facts.all('envFile').filter(({ isTemplate }) => isTemplate);
    const named = new Set(
      templates.flatMap(({ entries, commented }) =>
        [...entries, ...commented].map(({ name }) => name.toUpperCase()),
      ),
    );
    const where = templates.map(({ path }) => path).join(' and ');
    const wanted = wantedOf(mostCertain(facts.all('envRead')));
    const findings = wanted
      .filter(({ term }) => !named.has(term.name.toUpperCase()))
      .map(({ at, term }) =>
        place(
          at,
          `${term.name} is read here without a default${term.required ? ' and required' : ''}, and ${where === '' ? 'there is no env template' : `${where} ${templates.length > 1 ? 'do' : 'does'} not name it`}`,
        ),
      );
    return failOr(
      findings,
      pass(
        templates.length > 0
          ? templates.map(({ at }) => place(at, `names all ${wanted.length} variables that have no default`))
          : [absence('variable that is read without a default', facts.searched('envRead'))],
      ),
    );
  },
});
