import type { DebugMode } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { deliveredBy, flagOf } from '../../code/flags.ts';

/** `FastAPI(debug=True)` and `Starlette(debug=True)` answer errors with their traceback. */
export default defineExtractor({
  id: 'python/fastapi/debug',
  reads: ['startPath'],
  produces: ['debugMode'],
  understands: hasPython,
  *extract({ python, facts }): Generator<DebugMode> {
    const starts = deliveredBy(facts.all('startPath'));
    for (const site of python.calls('fastapi.FastAPI', 'starlette.applications.Starlette')) {
      const term = python.args(site).arg(-1, 'debug');
      if (!term) continue;
      yield {
        kind: 'debugMode',
        at: term.at.path === site.scope.module.path ? term.at : python.at(site.scope, site.call),
        name: 'debug=… of the app',
        on: flagOf(term, starts, false),
        written: term.kind === 'literal',
        reached: python.reached(site),
      };
    }
  },
});
