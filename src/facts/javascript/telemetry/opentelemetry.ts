import type { Telemetry, Truth } from '../../../model/index.ts';
import { either } from '../../../model/index.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { byCommand, setUpBy } from '../../code/telemetry.ts';

const SDK = '@opentelemetry/sdk-node.NodeSDK';
const COMMAND = /@opentelemetry\/auto-instrumentations-node\/register/;

/** Whether the SDK that is made is started as well. */
const started = (node: CodeView): { readonly holds: Truth; readonly says: string } => ({
  holds: either(...node.calls(`${SDK}().start`).map(site => node.reached(site))),
  says: 'it is made and never started',
});

/** OpenTelemetry in code, or loaded by the start command. */
export default defineExtractor({
  id: 'javascript/telemetry/opentelemetry',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasNode,
  *extract({ node, facts }): Generator<Telemetry> {
    const startPaths = facts.all('startPath');
    const name = 'OpenTelemetry';
    for (const site of node.calls(SDK)) {
      const also = started(node);
      const args = node.args(site);
      const options = args.arg(0, '');
      yield* setUpBy(node, site, startPaths, { name, signals: ['traces', 'errors'], also });
      if (options && (args.member(options, 'metricReader') ?? args.member(options, 'metricReaders')))
        yield* setUpBy(node, site, startPaths, {
          name,
          signals: ['metrics'],
          measures: ['requests', 'durations'],
          also,
        });
    }
    for (const site of node
      .callsEnding('register')
      .filter(each =>
        /^@opentelemetry\/sdk-trace-\w+\.\w+\(\)\.register$/.test(node.nameOf(each.call.callee, each.scope)),
      ))
      yield* setUpBy(node, site, startPaths, { name, signals: ['traces'] });
    for (const { at } of byCommand(startPaths, COMMAND))
      for (const signal of ['traces', 'errors', 'metrics'] as const)
        yield {
          kind: 'telemetry',
          at,
          name,
          signal,
          measures: signal === 'metrics' ? ['requests', 'durations'] : [],
          wired: 'yes',
          says: '',
        };
  },
});
