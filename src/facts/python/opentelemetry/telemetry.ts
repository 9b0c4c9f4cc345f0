import type { StartPath, Telemetry, Truth } from '../../../model/index.ts';
import { either } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { ADDS_MIDDLEWARE, handing } from '../observe/handed.ts';
import { byCommand, setUpBy } from '../../code/telemetry.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const INSTRUMENTS =
  /^opentelemetry\.instrumentation\.(flask\.FlaskInstrumentor|fastapi\.FastAPIInstrumentor|starlette\.StarletteInstrumentor|wsgi\.OpenTelemetryMiddleware|asgi\.OpenTelemetryMiddleware)(\(\)\.(instrument|instrument_app)|\.(instrument|instrument_app))?$/;
const PROVIDERS: Readonly<Record<'traces' | 'metrics', readonly string[]>> = {
  traces: ['opentelemetry.trace.set_tracer_provider'],
  metrics: ['opentelemetry.metrics.set_meter_provider'],
};

/** Calls that hang it on the app: its instrumentors, or its middleware. */
const instrumentsIn = (python: PythonView): readonly CallSite[] => [
  ...python
    .callsEnding('instrument_app', 'instrument', 'OpenTelemetryMiddleware')
    .filter(({ call, scope }) => INSTRUMENTS.test(python.nameOf(call.callee, scope))),
  ...handing(python, ADDS_MIDDLEWARE, name => INSTRUMENTS.test(name)),
];

/** Without a provider what is instrumented goes nowhere. */
function providing(
  python: PythonView,
  signal: 'traces' | 'metrics',
): { readonly holds: Truth; readonly says: string } {
  const reached = python.calls(...PROVIDERS[signal]).map(site => python.reached(site));
  return { holds: either(...reached), says: 'no provider is set, so that nothing is sent' };
}

function* inCode(python: PythonView, startPaths: readonly StartPath[]): Generator<Telemetry> {
  const name = 'OpenTelemetry';
  const instruments = instrumentsIn(python);
  for (const site of instruments) {
    const traces = providing(python, 'traces');
    yield* setUpBy(python, site, startPaths, { name, signals: ['traces', 'errors'], also: traces });
    // Who sets up traces alone does not claim to measure.
    if (python.calls(...PROVIDERS.traces).length > 0 && python.calls(...PROVIDERS.metrics).length === 0)
      continue;
    yield* setUpBy(python, site, startPaths, {
      name,
      signals: ['metrics'],
      measures: ['requests', 'durations'],
      also: providing(python, 'metrics'),
    });
  }
  if (instruments.length > 0) return;
  // A provider alone serves the spans and numbers that the code makes by hand.
  for (const site of python.calls(...PROVIDERS.traces))
    yield* setUpBy(python, site, startPaths, { name, signals: ['traces'] });
  for (const site of python.calls(...PROVIDERS.metrics))
    yield* setUpBy(python, site, startPaths, { name, signals: ['metrics'] });
}

/** OpenTelemetry in code, or by its wrapper around the start command. */
export default defineExtractor({
  id: 'python/opentelemetry/telemetry',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasPython,
  *extract({ python, facts }): Generator<Telemetry> {
    const startPaths = facts.all('startPath');
    const wrappers = byCommand(
      startPaths,
      /\b(opentelemetry-instrument|splunk-py-trace|splunk-instrument)\b/,
    );
    for (const { at } of wrappers)
      for (const signal of ['traces', 'metrics', 'errors'] as const)
        yield {
          kind: 'telemetry',
          at,
          name: 'OpenTelemetry',
          signal,
          measures: signal === 'metrics' ? ['requests', 'durations'] : [],
          wired: 'yes',
          says: '',
        };
    if (wrappers.length === 0) yield* inCode(python, startPaths);
  },
});
