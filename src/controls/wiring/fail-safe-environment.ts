import { defineControl, failOr, passEvery, place } from '../define.ts';

const DEVELOPMENT = /^(dev|devel|development|local|debug|default|test|testing)$/i;
const OTHER_NAMES =
  /^(ENV|ENVIRONMENT|APP_ENV|APP_ENVIRONMENT|FLASK_ENV|FLASK_CONFIG|NODE_ENV|STAGE|CONFIG_NAME|DJANGO_ENV|PYTHON_ENV)$/;

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
    const starts = facts.all('startPath').filter(({ command }) => command.stage !== 'development');
    const findings = switches.flatMap(each => {
      if (!DEVELOPMENT.test(each.fallback)) return [];
      const without = starts.filter(({ command }) => !(each.variable in command.environment));
      if (starts.length > 0 && without.length === 0) return [];
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
            `sets ${variable.name}, while the code reads ${each.variable}: production runs as ${each.fallback}`,
          ),
        );
      return [place(each.at, `a missing ${each.variable} selects ${each.fallback}`), ...missed];
    });
    return failOr(
      findings,
      passEvery(
        switches.map(each =>
          place(
            each.at,
            each.fallback
              ? `${each.variable} selects ${each.fallback} or is set by each deploy file`
              : `${each.variable} must be set`,
          ),
        ),
      ),
    );
  },
});
