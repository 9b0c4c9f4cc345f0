import type { Telemetry } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { requestHooks } from '../hooks.ts';
import { byCommand, setUpBy } from '../../code/telemetry.ts';
import type { PythonView } from '../view.ts';

const CLIENTS = [
  'statsd.StatsClient',
  'statsd.client.StatsClient',
  'datadog.initialize',
  'datadog.dogstatsd.DogStatsd',
  'datadog.dogstatsd.base.DogStatsd',
];
const SENDS =
  /^(statsd\.(client\.)?StatsClient\(\)|datadog\.(statsd|dogstatsd\.(base\.)?DogStatsd\(\)))\.(\w+)$/;

/** What own hooks send of each request. */
function measuredIn(python: PythonView): Telemetry['measures'] {
  const verbs = requestHooks(python)
    .filter(({ reached }) => reached !== 'no')
    .flatMap(({ calls }) =>
      calls.flatMap(({ call, scope }) => SENDS.exec(python.nameOf(call.callee, scope))?.at(-1) ?? []),
    );
  const isTimed = verbs.some(verb => /^(timing|timer|timed|histogram|distribution)$/.test(verb));
  const isCounted = verbs.some(verb => /^(incr|increment)$/.test(verb));
  return [
    ...(isCounted || isTimed ? (['requests'] as const) : []),
    ...(isTimed ? (['durations'] as const) : []),
  ];
}

/** StatsD by hand, and the one that gunicorn sends for each request. */
export default defineExtractor({
  id: 'python/statsd/metrics',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasPython,
  *extract({ python, facts }): Generator<Telemetry> {
    const startPaths = facts.all('startPath');
    for (const { at } of byCommand(startPaths, /--statsd-host\b|--dogstatsd\b/))
      yield {
        kind: 'telemetry',
        at,
        name: 'StatsD by the server',
        signal: 'metrics',
        measures: ['requests', 'durations'],
        wired: 'yes',
        says: '',
      };
    const [site] = python.calls(...CLIENTS);
    if (site)
      yield* setUpBy(python, site, startPaths, {
        name: 'StatsD',
        signals: ['metrics'],
        measures: measuredIn(python),
      });
  },
});
