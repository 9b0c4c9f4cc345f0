import type { DebugMode } from '../../../model/index.ts';
import { isSelected } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { deliveredBy, flagOf } from '../flags.ts';

const RUNNERS: Readonly<Record<string, string>> = {
  'flask.Flask().run': 'app.run(debug=…)',
  'apiflask.APIFlask().run': 'app.run(debug=…)',
  'quart.Quart().run': 'app.run(debug=…)',
  'flask_socketio.SocketIO().run': 'socketio.run(debug=…)',
  'werkzeug.serving.run_simple': 'run_simple(use_debugger=…)',
};

/** Debugging that Flask code turns on itself. */
export default defineExtractor({
  id: 'python/flask/debug',
  reads: ['appSetting', 'startPath'],
  produces: ['debugMode'],
  understands: hasPython,
  *extract({ python, facts }): Generator<DebugMode> {
    const starts = deliveredBy(facts.all('startPath'));
    for (const [callee, name] of Object.entries(RUNNERS))
      for (const site of python.calls(callee)) {
        const term = python.args(site).arg(-1, callee.endsWith('run_simple') ? 'use_debugger' : 'debug');
        if (!term) continue;
        yield {
          kind: 'debugMode',
          at: python.at(site.scope, site.call),
          name,
          on: flagOf(term, starts, false),
          reached: python.reached(site),
        };
      }
    for (const { key, term, valueAt, reached, when } of facts.all('appSetting'))
      if (key === 'DEBUG' && isSelected(when, starts) !== 'no')
        yield { kind: 'debugMode', at: valueAt, name: key, on: flagOf(term, starts, false), reached };
  },
});
