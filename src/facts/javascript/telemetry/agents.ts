import type { Telemetry, Term } from '../../../model/index.ts';
import { literalTexts, outcomes } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { byCommand, setUpBy } from '../../code/telemetry.ts';

interface Agent {
  readonly name: string;
  readonly signals: readonly Telemetry['signal'][];
  /** Calls that set it up. */
  readonly calls: readonly string[];
  /** How the start command loads it before everything else; `undefined` where it does not. */
  readonly command?: RegExp;
}

const BOTH: Telemetry['measures'] = ['requests', 'durations'];
const ALL: Agent['signals'] = ['errors', 'metrics', 'traces'];
const SENTRY = [
  'node',
  'nestjs',
  'nextjs',
  'bun',
  'remix',
  'sveltekit',
  'nuxt',
  'serverless',
  'aws-serverless',
].map(each => `@sentry/${each}.init`);

const AGENTS: readonly Agent[] = [
  { name: 'Rollbar', signals: ['errors'], calls: ['rollbar', 'rollbar.init'] },
  { name: 'Bugsnag', signals: ['errors'], calls: ['@bugsnag/js.start'] },
  { name: 'Honeybadger', signals: ['errors'], calls: ['@honeybadger-io/js.configure'] },
  { name: 'Airbrake', signals: ['errors'], calls: ['@airbrake/node.Notifier'] },
  { name: 'Raygun', signals: ['errors'], calls: ['raygun.Client().init'] },
  { name: 'New Relic', signals: ALL, calls: [], command: /(-r|--require|--import)[ =]newrelic\b/ },
  { name: 'Elastic APM', signals: ALL, calls: ['elastic-apm-node.start'], command: /elastic-apm-node\/start/ },
  { name: 'Datadog', signals: ['metrics', 'traces'], calls: ['dd-trace.init', 'dd-trace.tracer.init'], command: /dd-trace\/(init|register)/ },
  { name: 'Azure Monitor', signals: ALL, calls: ['@azure/monitor-opentelemetry.useAzureMonitor', 'applicationinsights.setup'] },
  { name: 'AWS X-Ray', signals: ['traces'], calls: ['aws-xray-sdk.express.openSegment', 'aws-xray-sdk-express.openSegment'] },
  { name: 'Cloud Error Reporting', signals: ['errors'], calls: ['@google-cloud/error-reporting.ErrorReporting'] },
  { name: 'Cloud Trace', signals: ['traces'], calls: ['@google-cloud/trace-agent.start'] },
  { name: 'Highlight', signals: ['errors', 'traces'], calls: ['@highlight-run/node.H.init'] },
]; // prettier-ignore

/** Agents that set themselves up when they are loaded. */
const BY_IMPORT: readonly (readonly [name: string, module: string, signals: Agent['signals']])[] = [
  ['New Relic', 'newrelic', ALL],
  ['Elastic APM', 'elastic-apm-node/start', ALL],
  ['Datadog', 'dd-trace/init', ['metrics', 'traces']],
];

const isNothing = (term: Term): boolean =>
  term.kind === 'literal' && (term.value === null || String(term.value).trim() === '');

/** Sentry, which takes every error that nobody catches; without an address it takes none. */
function* sentry(
  node: CodeView,
  site: CallSite,
  startPaths: Parameters<typeof setUpBy>[2],
): Generator<Telemetry> {
  const args = node.args(site);
  const options = args.arg(0, '');
  const member = (name: string) => (options ? args.member(options, name) : undefined);
  const dsn = member('dsn');
  const isEmpty =
    dsn !== undefined &&
    ([...outcomes(dsn)].every(isNothing) ||
      literalTexts(dsn).some(text => /<|your[-_]|example\.|xxx/i.test(text)));
  const also = isEmpty
    ? ({ holds: 'no', says: 'its address is empty' } as const)
    : ({ holds: 'yes', says: '' } as const);
  yield* setUpBy(node, site, startPaths, { name: 'Sentry', signals: ['errors'], also });
  const rate = member('tracesSampleRate');
  const numbers = rate
    ? [...outcomes(rate)].flatMap(each => (each.kind === 'literal' ? [Number(each.value)] : []))
    : [];
  if (member('tracesSampler') || numbers.some(number => number > 0))
    yield* setUpBy(node, site, startPaths, { name: 'Sentry', signals: ['traces'], also });
}

/** Agents that collect errors, numbers and traces, by the call, the import or the start command that sets them up. */
export default defineExtractor({
  id: 'javascript/telemetry/agents',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasNode,
  *extract({ node, facts }): Generator<Telemetry> {
    const startPaths = facts.all('startPath');
    for (const site of node.calls(...SENTRY)) yield* sentry(node, site, startPaths);
    for (const { name, signals, calls, command } of AGENTS) {
      for (const site of node.calls(...calls))
        yield* setUpBy(node, site, startPaths, { name, signals, measures: BOTH });
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
    for (const { statement, scope, conditions } of node.importsNear(module =>
      BY_IMPORT.some(([, wanted]) => wanted === module),
    )) {
      const loaded =
        statement.kind === 'import'
          ? statement.modules.map(each => each.module)
          : statement.kind === 'import-from'
            ? [statement.module]
            : [];
      for (const [name, wanted, signals] of BY_IMPORT)
        if (loaded.includes(wanted))
          for (const signal of signals)
            yield {
              kind: 'telemetry',
              at: node.at(scope, statement),
              name,
              signal,
              measures: signal === 'metrics' ? BOTH : [],
              wired: node.reached({ scope, conditions }),
              says: '',
            };
    }
  },
});
