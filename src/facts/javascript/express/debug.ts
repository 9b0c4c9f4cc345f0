import type { DebugMode } from '../../../model/index.ts';
import { stated } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { inProduction } from '../conditions.ts';

/** Middleware that answers errors with their stack. */
const SHOWS = ['errorhandler', 'express-error-handler', 'youch', 'koa-error'];

/** What is made for the desk and put in front of everybody. */
export default defineExtractor({
  id: 'javascript/express/debug',
  reads: [],
  produces: ['debugMode'],
  understands: hasNode,
  *extract({ node }): Generator<DebugMode> {
    for (const site of node.calls(...SHOWS)) {
      if (inProduction(node, site) === 'no') continue;
      yield {
        kind: 'debugMode',
        at: node.at(site.scope, site.call),
        name: `${node.nameOf(site.call.callee, site.scope)}()`,
        on: stated(true),
        written: true,
        reached: node.reached(site),
      };
    }
  },
});
