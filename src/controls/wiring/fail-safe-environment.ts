import type { EnvironmentSwitch, Evidence, Finding, StartCommand, Term } from '../../model/index.ts';
import { defineControl, failOr, followed, passEvery, place } from '../define.ts';

const DEVELOPMENT = /^(dev|devel|development|local|debug|default|test|testing)$/i;
const DEVELOPMENT_THING =
  /^(dev|devel|development|local|debug|test|testing)(elopment)?(_?(config|configuration|settings))?$|^(config|settings)_?(dev|development|local|debug)/i;
const OTHER_NAMES =
  /^(ENV|ENVIRONMENT|APP_ENV|APP_ENVIRONMENT|FLASK_ENV|FLASK_CONFIG|NODE_ENV|STAGE|CONFIG_NAME|DJANGO_ENV|PYTHON_ENV)$/;

/** What a missing name comes to, when that is a configuration for development; else empty. */
function comesTo({ fallback, selects }: EnvironmentSwitch): string {
  if (selects !== '')
    return DEVELOPMENT_THING.test(selects)
      ? fallback === 'default'
        ? `${fallback} (${selects})`
        : DEVELOPMENT.test(fallback)
          ? fallback
          : selects
      : '';
  return DEVELOPMENT.test(fallback) ? fallback : '';
}

/** Every start command names development itself. */
function setForDevelopment(
  { variable, at }: EnvironmentSwitch,
  starts: readonly StartCommand[],
): readonly Finding[] {
  const names = starts.map(({ environment }) => environment[variable]);
  const isDevelopment = (term: Term | undefined): boolean =>
    term?.kind === 'literal' && DEVELOPMENT.test(String(term.value));
  if (!names.every(isDevelopment)) return [];
  return names.flatMap(term =>
    term?.kind === 'literal'
      ? [
          followed(place(term.at, `sets ${variable} to ${String(term.value)} where production is started`), [
            { at, says: `reads ${variable}` },
          ]),
        ]
      : [],
  );
}

const evidenceOf = ({ at, variable, fallback }: EnvironmentSwitch): Evidence =>
  place(
    at,
    fallback
      ? `${variable} selects ${fallback} or is set by each deploy file`
      : `a missing ${variable} selects no configuration for development`,
  );

export default defineControl({
  id: 'wiring/fail-safe-environment',
  title: 'A missing or unknown environment name selects production',
  severity: 'critical',
  stage: 'stable',
  asks: 'Follows the variable that selects the configuration: a missing name must not select development, and deploy files must set the name that the code reads.',
  why: 'Production runs with the settings of a desk: debugging on, keys that everybody knows, open to every origin.',
  remedy:
    'Make production the default, stop on an unknown name, and set the variable that the code reads in each deploy file.',
  sources: ['CATALOG wiring/fail-safe-environment', 'OWASP ASVS 5.0 V13.4'],
  fix: 'auto',
  drill: 'start-without-settings',
  needs: ['environmentSwitch', 'startPath', 'setVariable'],

  applies: ({ facts }) =>
    facts.all('environmentSwitch').some(each => each.reached !== 'no') ||
    'no configuration is selected by the name of an environment',

  judge: ({ facts }) => {
    const switches = facts.all('environmentSwitch').filter(each => each.reached !== 'no');
    const starts = facts
      .all('startPath')
      .map(({ command }) => command)
      .filter(({ stage }) => stage !== 'development');
    const findings = switches.flatMap(each => {
      const chosen = comesTo(each) || (DEVELOPMENT_THING.test(each.otherwise) ? each.otherwise : '');
      const without = starts.filter(({ environment }) => !(each.variable in environment));
      if (starts.length > 0 && without.length === 0) return setForDevelopment(each, starts);
      if (chosen === '') return [];
      const missed = facts
        .all('setVariable')
        .filter(
          variable =>
            variable.name !== each.variable &&
            OTHER_NAMES.test(variable.name) &&
            variable.read !== 'yes' &&
            variable.in !== 'template',
        )
        .map(variable =>
          place(
            variable.at,
            `sets ${variable.name}, while the code reads ${each.variable}: production runs as ${chosen}`,
          ),
        );
      const which = comesTo(each) ? 'a missing' : 'an unknown';
      return [place(each.at, `${which} ${each.variable} selects ${chosen}`), ...missed];
    });
    return failOr(findings, passEvery(switches.map(evidenceOf)));
  },
});
