import type { AccessLog, RequestId } from '../../../model/index.ts';
import { both, stated } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { inProduction } from '../../code/conditions.ts';
import { conditionsOf } from '../../code/around.ts';

/** Middleware that writes a line for each request. */
const ACCESS = [
  'morgan',
  'pino-http',
  'pino-http.pinoHttp',
  'express-pino-logger',
  'express-winston.logger',
  'koa-logger',
  'koa-morgan',
  'koa-pino-logger',
  'hono/logger.logger',
  'express-bunyan-logger',
  'nestjs-pino.LoggerModule.forRoot',
];
/** Middleware that gives each request a number. */
const IDS = [
  'express-request-id',
  'koa-requestid',
  'hono/request-id.requestId',
  'express-http-context',
  'correlation-id',
  'express-correlation-id',
  'cls-rtracer.expressMiddleware',
  'cls-rtracer.koaMiddleware',
  'cls-rtracer.fastifyPlugin',
];
/** Of these each line about a request carries the number that they give it. */
const BOTH = /^(pino-http|express-pino-logger|koa-pino-logger|nestjs-pino)/;

/** Lines for each request, and the numbers by which they can be put together. */
export default defineExtractor({
  id: 'javascript/logs/access',
  reads: ['startPath'],
  produces: ['accessLog', 'requestId'],
  understands: hasNode,
  *extract({ node, facts }): Generator<AccessLog | RequestId> {
    const startPaths = facts.all('startPath');
    for (const site of node.calls(...ACCESS, ...IDS)) {
      const name = node.nameOf(site.call.callee, site.scope);
      const held = inProduction(node, { scope: site.scope, conditions: conditionsOf(site) }, startPaths);
      const reached = both(node.reached(site), held.holds);
      const at = node.at(site.scope, site.call);
      if (ACCESS.includes(name)) yield { kind: 'accessLog', at, name, on: stated(true), reached };
      if (IDS.includes(name) || BOTH.test(name))
        yield {
          kind: 'requestId',
          at,
          name,
          returned: IDS.includes(name) ? 'unclear' : 'no',
          logged: BOTH.test(name) ? 'yes' : 'unclear',
          wired: reached,
        };
    }
  },
});
