import { defineExtractor, hasPython } from '../../define.ts';

/** `signal.signal(signal.SIGTERM, …)` and `loop.add_signal_handler(signal.SIGTERM, …)`. */
export default defineExtractor({
  id: 'python/standard/signals',
  reads: [],
  produces: ['signalHandler'],
  understands: hasPython,
  *extract({ python }) {
    for (const site of [...python.calls('signal.signal'), ...python.callsEnding('add_signal_handler')]) {
      const [first] = site.call.args;
      const name = first ? python.nameOf(first.value, site.scope) : '';
      if (name !== 'signal.SIGTERM' && name !== 'signal.Signals.SIGTERM') continue;
      yield {
        kind: 'signalHandler',
        at: python.at(site.scope, site.call),
        signal: 'SIGTERM',
        reached: python.reached(site),
      };
    }
  },
});
