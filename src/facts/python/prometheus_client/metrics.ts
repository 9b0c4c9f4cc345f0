import type { Telemetry, Truth } from '../../../model/index.ts';
import { both, either } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { requestHooks } from '../hooks.ts';
import { exposures } from '../prometheus/exporters.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const KINDS = ['Counter', 'Histogram', 'Summary', 'Gauge'];
const NAMES = KINDS.flatMap(kind => [`prometheus_client.${kind}`, `prometheus_client.metrics.${kind}`]);

type Measures = Telemetry['measures'];

interface Measured {
  readonly measures: Measures;
  readonly reached: Truth;
  readonly at: CallSite;
}

/** What own hooks and middleware write down of each request. A histogram counts what it observes. */
function measuredBy(python: PythonView): readonly Measured[] {
  return requestHooks(python).flatMap(hook =>
    hook.calls.flatMap((site): Measured[] => {
      const name = python.nameOf(site.call.callee, site.scope);
      const [, kind = '', verb = ''] =
        /^prometheus_client\.(?:metrics\.)?(\w+)\(\)(?:\.labels\(?\)?)*\.(\w+)$/.exec(name) ?? [];
      if (!/^(inc|observe|time)$/.test(verb)) return [];
      const isTimed = verb !== 'inc' && kind !== 'Gauge';
      const measures: Measures = isTimed ? ['requests', 'durations'] : kind === 'Counter' ? ['requests'] : [];
      return [{ measures, reached: hook.reached, at: site }];
    }),
  );
}

function factOf(python: PythonView, first: CallSite, defined: readonly CallSite[]): Telemetry {
  const measured = measuredBy(python);
  const certain = measured.filter(({ reached }) => reached !== 'no');
  const counted = certain.length > 0 ? certain : measured;
  const exposed = either(...exposures(python).map(site => python.reached(site)));
  const used = either(...defined.map(site => python.reached(site)));
  const hooked = measured.length === 0 ? used : either(...measured.map(({ reached }) => reached));
  return {
    kind: 'telemetry',
    at: python.at(first.scope, first.call),
    name: 'Prometheus (prometheus_client)',
    signal: 'metrics',
    measures: (['requests', 'durations'] as const).filter(what =>
      counted.some(({ measures }) => measures.includes(what)),
    ),
    wired: both(used, hooked, exposed),
    says:
      used === 'no'
        ? `nothing that production starts imports ${first.scope.module.path}`
        : hooked === 'no'
          ? 'the hooks that measure are attached to no app'
          : exposed === 'no'
            ? 'no reached route or port serves the numbers'
            : '',
  };
}

/** Numbers that the code keeps by hand with Prometheus' own client. */
export default defineExtractor({
  id: 'python/prometheus_client/metrics',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasPython,
  *extract({ python }): Generator<Telemetry> {
    const defined = python.calls(...NAMES);
    const [first] = [...defined.filter(site => python.reached(site) !== 'no'), ...defined];
    if (first) yield factOf(python, first, defined);
  },
});
