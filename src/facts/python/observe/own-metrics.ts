import type { Telemetry } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { requestHooks, type RequestHook } from '../hooks.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const MEASURES = /^(timer|timing|observe|histogram|record|incr|increment|counter|count|inc|time|gauge)$/;
const METRICS = /metric|stats|telemetry|monitor/i;
const KNOWN = /^(prometheus_client|statsd|datadog|opentelemetry)\b/;

/** Hands a number to an object that is called after metrics, and that no library which is known made. */
const isMeasuring = (python: PythonView, { call, scope }: CallSite): boolean => {
  const { callee } = call;
  if (callee.kind !== 'attribute' || !MEASURES.test(lastNameOf(callee))) return false;
  return METRICS.test(python.textOf(scope, callee.object)) && !KNOWN.test(python.nameOf(callee, scope));
};

const factOf = (python: PythonView, { calls, reached }: RequestHook): readonly Telemetry[] => {
  const [site] = calls.filter(each => isMeasuring(python, each));
  if (!site) return [];
  return [
    {
      kind: 'telemetry',
      at: python.at(site.scope, site.call),
      name: python.textOf(site.scope, site.call.callee).replace(/\s+/g, ' ').slice(0, 60),
      signal: 'metrics',
      measures: ['requests', 'durations'],
      // Whether it arrives anywhere is for the object to know.
      wired: both(reached, 'unclear'),
      says: 'where its numbers go cannot be told',
    },
  ];
};

/** Own hooks that measure through an object of the house. */
export default defineExtractor({
  id: 'python/observe/own-metrics',
  reads: [],
  produces: ['telemetry'],
  understands: hasPython,
  *extract({ python }): Generator<Telemetry> {
    for (const hook of requestHooks(python)) yield* factOf(python, hook);
  },
});
