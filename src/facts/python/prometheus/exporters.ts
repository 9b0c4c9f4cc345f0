import type { StartPath, Telemetry, Truth } from '../../../model/index.ts';
import { either } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { ADDS_MIDDLEWARE, handing } from '../observe/handed.ts';
import { setUpBy } from '../../code/telemetry.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const BOTH: Telemetry['measures'] = ['requests', 'durations'];
const FLASK = /^prometheus_flask_exporter\.(\w+\.)*\w*PrometheusMetrics$/;
const INSTRUMENTATOR = 'prometheus_fastapi_instrumentator.Instrumentator';

/** Middleware that measures, and what serves its numbers. */
const PAIRS: readonly { readonly middleware: RegExp; readonly serves: RegExp }[] = [
  {
    middleware: /^starlette_exporter\.(\w+\.)*PrometheusMiddleware$/,
    serves: /^starlette_exporter\.(\w+\.)*handle_(openmetrics|metrics)$/,
  },
  {
    middleware: /^starlette_prometheus\.(\w+\.)*PrometheusMiddleware$/,
    serves: /^starlette_prometheus\.(\w+\.)*metrics$/,
  },
];

/** `PrometheusMetrics(app)`, and `PrometheusMetrics.for_app_factory()` with `init_app(app)`. */
function* flaskExporter(python: PythonView, startPaths: readonly StartPath[]): Generator<Telemetry> {
  const nameOf = ({ call, scope }: CallSite) => python.nameOf(call.callee, scope);
  const made = python
    .callsEnding(
      'PrometheusMetrics',
      'GunicornPrometheusMetrics',
      'GunicornInternalPrometheusMetrics',
      'UWsgiPrometheusMetrics',
      'RESTfulPrometheusMetrics',
      'for_app_factory',
    )
    .filter(site => FLASK.test(nameOf(site).replace(/\.for_app_factory$/, '')));
  const attached = python
    .callsEnding('init_app')
    .filter(site => /^prometheus_flask_exporter\./.test(nameOf(site)));
  for (const site of made) {
    const args = python.args(site);
    const given = args.has(0, 'app') && args.arg(0, 'app')?.kind !== 'literal';
    const holds: Truth =
      given && !nameOf(site).endsWith('for_app_factory')
        ? 'yes'
        : either(...attached.map(each => python.reached(each)));
    const defaults = args.arg(-1, 'export_defaults');
    const isBare = defaults?.kind === 'literal' && defaults.value === false;
    yield* setUpBy(python, site, startPaths, {
      name: 'Prometheus (prometheus_flask_exporter)',
      signals: ['metrics'],
      measures: isBare ? [] : BOTH,
      also: { holds, says: 'it is given to no app' },
    });
  }
}

/** `Instrumentator().instrument(app).expose(app)`: both halves are needed. */
function* instrumentator(python: PythonView, startPaths: readonly StartPath[]): Generator<Telemetry> {
  const parts = (word: string) =>
    python
      .callsEnding(word)
      .filter(({ call, scope }) => python.nameOf(call.callee, scope).startsWith(INSTRUMENTATOR));
  const exposed = [...parts('expose'), ...exposures(python)].map(site => python.reached(site));
  for (const site of parts('instrument'))
    yield* setUpBy(python, site, startPaths, {
      name: 'Prometheus (prometheus_fastapi_instrumentator)',
      signals: ['metrics'],
      measures: BOTH,
      also: { holds: either(...exposed), says: 'its numbers are exposed nowhere' },
    });
}

function* middlewares(python: PythonView, startPaths: readonly StartPath[]): Generator<Telemetry> {
  for (const { middleware, serves } of PAIRS) {
    const served = handing(python, ['add_route', 'Route', 'add_api_route', 'mount'], name =>
      serves.test(name),
    );
    const holds = either(...[...served, ...exposures(python)].map(site => python.reached(site)));
    for (const site of handing(python, ADDS_MIDDLEWARE, name => middleware.test(name)))
      yield* setUpBy(python, site, startPaths, {
        name: 'Prometheus',
        signals: ['metrics'],
        measures: BOTH,
        also: { holds, says: 'no route serves its numbers' },
      });
  }
}

/** Where the numbers of the process are handed out, whoever collected them. */
export const exposures = (python: PythonView): readonly CallSite[] =>
  python
    .callsEnding(
      'generate_latest',
      'make_wsgi_app',
      'make_asgi_app',
      'start_http_server',
      'start_wsgi_server',
      'push_to_gateway',
    )
    .filter(({ call, scope }) => /^prometheus_client\./.test(python.nameOf(call.callee, scope)));

/** Libraries that measure every request of an app for Prometheus. */
export default defineExtractor({
  id: 'python/prometheus/exporters',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasPython,
  *extract({ python, facts }): Generator<Telemetry> {
    const startPaths = facts.all('startPath');
    yield* flaskExporter(python, startPaths);
    yield* instrumentator(python, startPaths);
    yield* middlewares(python, startPaths);
  },
});
