import type { LogFormat, LogSetup } from '../../../model/index.ts';
import { both, stated } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { inProduction } from '../../code/conditions.ts';
import { conditionsOf } from '../../code/around.ts';
import { levelSource } from '../../code/log-levels.ts';
import { lastNameOf } from '../../code/sites.ts';

/** `structlog.configure(…)` with the renderer that writes the lines. */
export default defineExtractor({
  id: 'python/structlog/logging',
  reads: ['startPath'],
  produces: ['logSetup', 'logFormat'],
  understands: hasPython,
  *extract({ python, facts }): Generator<LogSetup | LogFormat> {
    if (!python.imports('structlog')) return;
    const startPaths = facts.all('startPath');
    const filters = python.callsEnding('make_filtering_bound_logger');
    for (const site of python.calls('structlog.configure', 'structlog.configure_once')) {
      const [filter] = filters.filter(({ scope }) => scope.module === site.scope.module);
      const [given] = filter?.call.args ?? [];
      yield {
        kind: 'logSetup',
        at: python.at(site.scope, site.call),
        name: 'structlog.configure',
        level: given && filter ? levelSource(python, given.value, filter.scope) : stated('none'),
        wired: python.reached(site),
      };
    }
    for (const site of python.callsEnding(
      'JSONRenderer',
      'LogfmtRenderer',
      'ConsoleRenderer',
      'KeyValueRenderer',
    )) {
      const word = lastNameOf(site.call.callee);
      const held = inProduction(python, { scope: site.scope, conditions: conditionsOf(site) }, startPaths);
      yield {
        kind: 'logFormat',
        at: python.at(site.scope, site.call),
        name: word,
        style: /^(JSON|Logfmt|KeyValue)/.test(word) ? 'structured' : 'text',
        wired: both(python.reached(site), held.holds),
        says: held.needs,
      };
    }
  },
});
