import type { DebugMode } from '../../../model/index.ts';
import { isSelected } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { deliveredBy, flagOf } from '../../code/flags.ts';

const RUNNERS: Readonly<Record<string, string>> = {
  'flask.Flask().run': 'app.run(debug=…)',
  'apiflask.APIFlask().run': 'app.run(debug=…)',
  'quart.Quart().run': 'app.run(debug=…)',
  'connexion.App().run': 'app.run(debug=…)',
  'connexion.FlaskApp().run': 'app.run(debug=…)',
  'flask_socketio.SocketIO().run': 'socketio.run(debug=…)',
  'werkzeug.serving.run_simple': 'run_simple(use_debugger=…)',
};

/** A class for development that nothing certain selects says nothing about production. */
const isAside = (when: string, starts: readonly Readonly<Record<string, string | undefined>>[]): boolean => {
  const selected = isSelected(when, starts);
  return selected === 'no' || (selected === 'unclear' && /dev|test|local|debug/i.test(when));
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
          written: term.kind === 'literal',
          reached: python.reached(site),
        };
      }
    for (const { key, term, valueAt, reached, when } of facts.all('appSetting'))
      if (key === 'DEBUG' && !isAside(when, starts))
        yield {
          kind: 'debugMode',
          at: valueAt,
          name: key,
          on: flagOf(term, starts, false),
          written: term.kind === 'literal' && when === '',
          reached,
        };
  },
});
