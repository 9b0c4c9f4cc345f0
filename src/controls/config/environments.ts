import {
  known,
  literalTexts,
  type Evidence,
  type Facts,
  type Finding,
  type Location,
} from '../../model/index.ts';
import { absence, defineControl, fail, onProductionPath, pass, place } from '../define.ts';

type Kinds =
  | 'debugMode'
  | 'sqlEcho'
  | 'corsPolicy'
  | 'credential'
  | 'environmentSwitch'
  | 'envRead'
  | 'envFile'
  | 'composeService'
  | 'workload'
  | 'appSetting';

/** So many variables make a service that is configured from outside. */
const SEVERAL = 3;

function proofs(facts: Facts<Kinds>): readonly Evidence[] {
  const reads = new Map(onProductionPath(facts.all('envRead')).map(read => [read.term.name, read] as const));
  const [first] = reads.values();
  const merged = facts.all('composeService').filter(({ files }) => files.length > 1);
  const staged = facts.all('composeService').filter(({ stage }) => stage === 'development');
  const production = facts.all('composeService').filter(({ stage }) => stage === 'production');
  const chosen = new Map(
    facts
      .all('appSetting')
      .filter(({ when }) => /prod|dev/i.test(when))
      .map(each => [each.when, each] as const),
  );
  const files = facts.all('envFile').filter(({ isTemplate, stage }) => !isTemplate && stage !== 'unclear');
  return [
    ...onProductionPath(facts.all('environmentSwitch')).map(({ at, variable }) =>
      place(
        at,
        variable === ''
          ? 'settings are chosen by the name of an environment'
          : `${variable} chooses the settings`,
      ),
    ),
    ...(chosen.size > 1
      ? [...chosen.values()].slice(0, 2).map(({ valueAt, when }) => place(valueAt, `settings for ${when}`))
      : []),
    ...merged
      .slice(0, 1)
      .map(({ at, files: names }) => place(at, `${names.join(' and ')} are merged for one environment`)),
    ...(staged.length > 0 && production.length > 0
      ? [...staged.slice(0, 1), ...production.slice(0, 1)].map(({ at, stage }) =>
          place(at, `compose for ${stage}`),
        )
      : []),
    ...files.map(({ at, stage }) => place(at, `variables for ${stage}`)),
    ...(first && reads.size >= SEVERAL
      ? [place(first.at, `${reads.size} variables configure the service from outside`)]
      : []),
  ];
}

/** Switches that have to differ between a desk and production, and that only a change of the code changes. */
function fixed(facts: Facts<Kinds>): readonly Finding[] {
  const lineOf = ({ at }: { readonly at: Location }) => `${at.path}:${at.startLine}`;
  const chosen = new Set(
    facts.all('appSetting').flatMap(({ valueAt, when }) => (when === '' ? [] : [lineOf({ at: valueAt })])),
  );
  const switches = [...facts.all('debugMode'), ...facts.all('sqlEcho')]
    .filter(({ on, written }) => written && known(on) === true)
    .map(each => ({ ...each, says: `${each.name} is on by a literal` }));
  const credentials = facts
    .all('credential')
    .filter(each => each.how === 'literal' && /^(code|settings)$/.test(each.in) && !each.forDevelopment)
    .map(each => ({ ...each, says: `${each.name} is a literal` }));
  const origins = facts
    .all('corsPolicy')
    .filter(({ written }) => written)
    .map(each => ({ ...each, says: `the origins of ${each.name} are literals` }));
  return [...switches, ...credentials, ...origins]
    .filter(each => each.reached === 'yes' && !chosen.has(lineOf(each)))
    .map(({ at, says }) => place(at, `${says}: another environment needs a change of the code`));
}

export default defineControl({
  id: 'config/environments',
  title: 'Development and production differ by configuration alone',
  severity: 'low',
  stage: 'trial',
  asks: 'Asks whether development and production differ by configuration: settings chosen by an environment name, env files, compose overrides, values files, or several variables that the code reads. Fails where debugging, SQL echo, passwords or origins are literals in what production starts.',
  why: 'Where the code itself is edited for production, nobody can tell what runs there, and the edit is lost with the next deployment.',
  remedy: 'Move what differs between the environments into variables or into one settings file for each.',
  sources: ['CATALOG config/environments', '12-factor III and X'],
  fix: 'scaffold',
  drill: 'none',
  needs: [
    'environmentSwitch',
    'envRead',
    'envFile',
    'composeService',
    'workload',
    'appSetting',
    'debugMode',
    'sqlEcho',
    'corsPolicy',
    'credential',
  ],

  applies: () => true,

  judge: ({ facts }) => {
    const literals = fixed(facts);
    if (literals.length > 0) return fail(literals);
    const found = proofs(facts);
    if (found.length > 0) return pass(found);
    const delivered = facts
      .all('workload')
      .filter(({ environment }) => environment.some(({ value }) => literalTexts(value).length > 0));
    if (delivered.length > 0)
      return pass(delivered.slice(0, 1).map(({ at }) => place(at, 'the manifest hands variables over')));
    return fail([
      absence('setting that differs between environments', [
        ...new Set([...facts.searched('envRead'), ...facts.searched('envFile')]),
      ]),
    ]);
  },
});
