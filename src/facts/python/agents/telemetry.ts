import type { Telemetry } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { ADDS_MIDDLEWARE, handing } from '../observe/handed.ts';
import { byCommand, setUpBy } from '../../code/telemetry.ts';

interface Agent {
  readonly name: string;
  readonly signals: readonly Telemetry['signal'][];
  /** Calls that set it up; for classes of middleware, handing them to an app does too. */
  readonly calls: readonly string[];
  /** The wrapper of the start command; `undefined` where there is none. */
  readonly command?: RegExp;
}

const BOTH: Telemetry['measures'] = ['requests', 'durations'];

const AGENTS: readonly Agent[] = [
  { name: 'Rollbar', signals: ['errors'], calls: ['rollbar.init', 'rollbar.contrib.fastapi.add_to', 'rollbar.contrib.starlette.ReporterMiddleware', 'rollbar.contrib.fastapi.ReporterMiddleware'] },
  { name: 'Bugsnag', signals: ['errors'], calls: ['bugsnag.configure', 'bugsnag.flask.handle_exceptions', 'bugsnag.asgi.BugsnagMiddleware'] },
  { name: 'Honeybadger', signals: ['errors'], calls: ['honeybadger.honeybadger.configure', 'honeybadger.contrib.FlaskHoneybadger', 'honeybadger.contrib.ASGIHoneybadger', 'honeybadger.contrib.flask.FlaskHoneybadger'] },
  { name: 'Airbrake', signals: ['errors'], calls: ['airbrake.getLogger', 'pybrake.Notifier', 'pybrake.middleware.flask.init_app'] },
  { name: 'Raygun', signals: ['errors'], calls: ['raygun4py.middleware.flask.Provider().attach', 'raygun4py.middleware.wsgi.Provider', 'raygun4py.raygunprovider.RaygunSender'] },
  { name: 'GlitchTip', signals: ['errors'], calls: ['glitchtip.init'] },
  { name: 'New Relic', signals: ['errors', 'metrics', 'traces'], calls: ['newrelic.agent.initialize'], command: /\bnewrelic-admin\s+run-(program|python)\b/ },
  { name: 'Elastic APM', signals: ['errors', 'metrics', 'traces'], calls: ['elasticapm.contrib.flask.ElasticAPM', 'elasticapm.contrib.flask.ElasticAPM().init_app', 'elasticapm.contrib.starlette.ElasticAPM'], command: /\belasticapm-run\b/ },
  { name: 'Datadog', signals: ['metrics', 'traces'], calls: ['ddtrace.patch_all', 'ddtrace.contrib.asgi.TraceMiddleware', 'ddtrace.contrib.flask.TraceMiddleware'], command: /\bddtrace-run\b/ },
  { name: 'Azure Monitor', signals: ['errors', 'metrics', 'traces'], calls: ['azure.monitor.opentelemetry.configure_azure_monitor'] },
  { name: 'AWS X-Ray', signals: ['traces'], calls: ['aws_xray_sdk.ext.flask.middleware.XRayMiddleware', 'aws_xray_sdk.core.patch_all', 'aws_xray_sdk.core.xray_recorder.configure'] },
  { name: 'Logfire', signals: ['errors', 'metrics', 'traces'], calls: ['logfire.instrument_fastapi', 'logfire.instrument_flask', 'logfire.instrument_starlette', 'logfire.instrument_asgi', 'logfire.instrument_wsgi'] },
  { name: 'Scout', signals: ['metrics', 'traces'], calls: ['scout_apm.flask.ScoutApm', 'scout_apm.async_.starlette.ScoutMiddleware'] },
  { name: 'Cloud Error Reporting', signals: ['errors'], calls: ['google.cloud.error_reporting.Client'] },
  { name: 'Jaeger', signals: ['traces'], calls: ['flask_opentracing.FlaskTracing', 'jaeger_client.Config().initialize_tracer'] },
]; // prettier-ignore

/** Agents that one call, or a wrapper around the start command, sets up. */
export default defineExtractor({
  id: 'python/agents/telemetry',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasPython,
  *extract({ python, facts }): Generator<Telemetry> {
    const startPaths = facts.all('startPath');
    for (const { name, signals, calls, command } of AGENTS) {
      const sites = [
        ...python.calls(...calls),
        ...handing(python, ADDS_MIDDLEWARE, each => calls.includes(each)),
      ];
      for (const site of sites) yield* setUpBy(python, site, startPaths, { name, signals, measures: BOTH });
      for (const { at } of command ? byCommand(startPaths, command) : [])
        for (const signal of signals)
          yield {
            kind: 'telemetry',
            at,
            name,
            signal,
            measures: signal === 'metrics' ? BOTH : [],
            wired: 'yes',
            says: '',
          };
    }
  },
});
