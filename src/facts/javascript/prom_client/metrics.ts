import type { Telemetry, Truth } from '../../../model/index.ts';
import { both, either } from '../../../model/index.ts';
import { lastNameOf, type CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { setUpBy } from '../../code/telemetry.ts';

const BOTH: Telemetry['measures'] = ['requests', 'durations'];

/** Middleware and plugins that measure each request and serve the numbers. */
const MIDDLEWARE = [
  'express-prom-bundle',
  'express-prometheus-middleware',
  'prometheus-api-metrics',
  '@promster/express.createMiddleware',
  '@promster/fastify.plugin',
  'fastify-metrics',
  'swagger-stats.getMiddleware',
  'koa-prometheus-exporter.middleware',
  '@willsoto/nestjs-prometheus.PrometheusModule.register',
  '@hono/prometheus.prometheus',
];
/** Those that only serve what the code counts, and do not measure requests by themselves. */
const BARE = /^@willsoto\//;

const KINDS = ['Counter', 'Histogram', 'Summary', 'Gauge'];
const MADE = KINDS.flatMap(kind => [`prom-client.${kind}`, `prom-client.client.${kind}`]);
const VERB = /^prom-client\.(?:client\.)?(\w+)\(\)(?:\.labels\(\))?\.(inc|observe|startTimer)$/;

/** What the code writes down by hand: a histogram counts what it observes. */
function measured(
  node: CodeView,
): readonly { readonly site: CallSite; readonly measures: Telemetry['measures'] }[] {
  return node.callsEnding('inc', 'observe', 'startTimer').flatMap(site => {
    const found = VERB.exec(node.nameOf(site.call.callee, site.scope));
    if (!found || found[1] === 'Gauge') return [];
    const isTimed = found[1] === 'Histogram' || found[1] === 'Summary';
    return [{ site, measures: isTimed ? BOTH : (['requests'] as const) }];
  });
}

/** `register.metrics()`, whose result some route answers with. */
const exposures = (node: CodeView): readonly CallSite[] =>
  node
    .callsEnding('metrics')
    .filter(({ call, scope }) => /^prom-client\b.*\.metrics$/.test(node.nameOf(call.callee, scope)));

/** Words of the request in the name or labels of a metric: others count what the service does. */
const OF_REQUESTS = /http|request|route|method|status|duration|latency/i;

/** Numbers for Prometheus: kept by middleware, or by hand with its client. */
export default defineExtractor({
  id: 'javascript/prom_client/metrics',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasNode,
  *extract({ node, facts }): Generator<Telemetry> {
    const startPaths = facts.all('startPath');
    for (const site of node.calls(...MIDDLEWARE)) {
      const name = node.nameOf(site.call.callee, site.scope);
      yield* setUpBy(node, site, startPaths, {
        name: `Prometheus (${name.replace(/\..*$/, '')})`,
        signals: ['metrics'],
        measures: BARE.test(name) ? [] : BOTH,
      });
    }
    const made = node.calls(...MADE).filter(site => OF_REQUESTS.test(node.textOf(site.scope, site.call)));
    const [first] = made.length > 0 ? made : node.calls(...MADE, 'prom-client.collectDefaultMetrics');
    if (!first) return;
    const counted = measured(node).filter(({ site }) => node.reached(site) !== 'no');
    const exposed: Truth = either(...exposures(node).map(site => node.reached(site)));
    const used =
      counted.length > 0 ? either(...counted.map(({ site }) => node.reached(site))) : node.reached(first);
    yield {
      kind: 'telemetry',
      at: node.at(first.scope, first.call),
      name: 'Prometheus (prom-client)',
      signal: 'metrics',
      measures:
        made.length > 0 ? BOTH.filter(what => counted.some(({ measures }) => measures.includes(what))) : [],
      wired: both(used, exposed),
      says:
        used === 'no'
          ? `nothing that production starts reaches ${lastNameOf(first.call.callee)} in ${first.scope.module.path}`
          : exposed === 'no'
            ? 'no reached route or port serves the numbers'
            : '',
    };
  },
});
