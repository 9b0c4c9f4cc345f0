import type { SignalHandler } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** What platforms and programs that keep processes running send when one is to stop. */
const STOPPING = ['SIGTERM', 'SIGINT'];

/** Libraries that close the server when the signal comes, by the call that sets them up. */
const LIBRARIES = [
  '@godaddy/terminus.createTerminus',
  'http-graceful-shutdown',
  'close-with-grace',
  'lightship.createLightship',
  'node-graceful-shutdown.onShutdown',
  'async-exit-hook',
  'exit-hook',
  'exit-hook.asyncExitHook',
  'death',
  '@nestjs/core.NestFactory.create().enableShutdownHooks',
];

/** `["SIGTERM", "SIGINT"].forEach(signal => process.on(signal, stop))`, `for (const signal of signals) …` */
function listed(node: CodeView, { call, scope }: CallSite): readonly string[] {
  const [first] = call.args;
  if (first?.value.kind !== 'name') return [];
  for (let each: typeof scope | undefined = scope; each; each = each.parent) {
    const { definition } = each;
    if (
      definition?.kind === 'function' &&
      definition.params.some(({ name }) => name === (first.value.kind === 'name' ? first.value.name : ''))
    ) {
      const before = { start: Math.max(0, definition.start - LIST), end: definition.start };
      const text = node.textOf(each.parent ?? each, before);
      return STOPPING.filter(signal => text.includes(signal));
    }
  }
  return [];
}

/** Characters before a function in which the list stands that it is called for. */
const LIST = 120;

/** What is done when the platform asks the process to end: `process.on("SIGTERM", …)`, or a library that does so. */
export default defineExtractor({
  id: 'javascript/standard/signals',
  reads: [],
  produces: ['signalHandler'],
  understands: hasNode,
  *extract({ node }): Generator<SignalHandler> {
    const own = node
      .calls('process.on', 'process.once', 'process.addListener', 'process.prependListener')
      .map(site => {
        const [first] = site.call.args;
        const texts = first ? literalTexts(node.evaluate(first.value, site.scope)) : [];
        const signals = STOPPING.filter(signal => texts.includes(signal));
        return { site, signals: signals.length > 0 ? signals : listed(node, site) };
      });
    const closed = node.calls(...LIBRARIES).map(site => ({ site, signals: STOPPING }));
    for (const { site, signals } of [...own, ...closed])
      for (const signal of signals)
        yield {
          kind: 'signalHandler',
          at: node.at(site.scope, site.call),
          signal,
          reached: node.reached(site),
        };
  },
});
