import { absence, defineControl, fail, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'observe/error-tracking',
  title: 'Errors that nobody caught are reported to somebody',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether an error tracker (Sentry, Rollbar, Bugsnag, an APM agent, OpenTelemetry) is initialised on the path of production and has somewhere to send to.',
  why: 'Errors stand in a log that nobody reads, until users tell.',
  remedy: 'Initialise an error tracker where the app is made, with its address from the environment.',
  sources: ['CATALOG observe/error-tracking', 'Sentry documentation: Python'],
  fix: 'auto',
  drill: 'none',
  needs: ['telemetry'],

  applies: () => true,

  judge: ({ facts }) => {
    const all = facts.all('telemetry').filter(({ signal }) => signal === 'errors');
    const wired = all.filter(each => each.wired === 'yes');
    if (wired.length > 0)
      return pass(
        wired.map(({ at, name, says }) =>
          place(at, says === '' ? `${name} takes errors` : `${name} takes errors ${says}`),
        ),
      );
    const [doubt] = all.filter(each => each.wired === 'unclear');
    if (doubt)
      return unknown(
        `whether production sets up ${doubt.name} at ${doubt.at.path}:${doubt.at.startLine} cannot be told`,
      );
    if (all.length > 0)
      return fail(
        all.map(({ at, name, says }) =>
          place(at, `${name} is present and not wired: ${says || 'production does not come by'}`),
        ),
      );
    return fail([absence('error tracker', facts.searched('telemetry'))]);
  },
});
