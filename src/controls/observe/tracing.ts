import { absence, defineControl, fail, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'observe/tracing',
  title: 'Requests can be followed over the services that they pass',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks whether a tracer (OpenTelemetry with a provider, Datadog, X-Ray, an APM agent) is set up on the path of production.',
  why: 'When an answer is slow nobody can tell in which service or query the time goes.',
  remedy:
    'Set up OpenTelemetry with an exporter and the instrumentation of the framework, or the agent of your vendor.',
  sources: ['CATALOG observe/tracing', 'OpenTelemetry documentation: Python'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['telemetry'],

  applies: () => true,

  judge: ({ facts }) => {
    const all = facts.all('telemetry').filter(({ signal }) => signal === 'traces');
    const wired = all.filter(each => each.wired === 'yes');
    if (wired.length > 0)
      return pass(
        wired.map(({ at, name, says }) =>
          place(at, says === '' ? `${name} traces requests` : `${name} traces requests ${says}`),
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
    return fail([absence('tracer', facts.searched('telemetry'))]);
  },
});
