import type { AccessLog, Term, Value } from '../../../model/index.ts';
import { both, stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { inProduction } from '../../code/conditions.ts';
import { conditionsOf } from '../../code/around.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { ownMiddleware } from '../middleware.ts';

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

/** Fastify writes two lines for each request where it has a logger and is not told to be quiet. */
function writesRequests(node: CodeView, site: CallSite): Value<boolean> {
  const args = node.args(site);
  const options = args.arg(0, '');
  if (!options) return stated(false);
  const isOff = args.member(options, 'disableRequestLogging');
  if (isOff?.kind === 'literal') {
    if (isOff.value) return stated(false);
  } else if (isOff) return unclear('whether it writes requests down is set at run time');
  const logger = args.member(options, 'logger') ?? args.member(options, 'loggerInstance');
  if (logger) return stated(logger.kind !== 'literal' || Boolean(logger.value));
  const isClosed = options.kind === 'object' && !options.open;
  return isClosed ? stated(false) : unclear('its options cannot be followed');
}

/** `autoLogging: false` of pino, or a choice that holds it. */
function isOnByItself(node: CodeView, site: CallSite): Value<boolean> {
  const args = node.args(site);
  const first = args.arg(0, '');
  const options = (first && args.member(first, 'pinoHttp')) ?? first;
  const said = options && args.member(options, 'autoLogging');
  const isOff = (term: Term): boolean => term.kind === 'literal' && term.value === false;
  if (!said) return stated(true);
  if (isOff(said)) return stated(false);
  return said.kind === 'oneOf' && said.options.some(({ term }) => isOff(term))
    ? unclear('whether it writes requests down is set at run time')
    : stated(true);
}

const LOGS = /\blog(ger)?\b|\bconsole\b|\blog\w*\.|\.(info|http|log|debug)$/i;
const OF_REQUEST = /\b(req|request|ctx|c|context)\.(req\.)?(method|url|originalUrl|path)\b/;

/** Own middleware that writes a line about the request. */
function* byHand(node: CodeView): Generator<AccessLog> {
  for (const { function: entity, reached } of ownMiddleware(node)) {
    const text = node.textOf(entity.scope, entity.definition);
    if (!OF_REQUEST.test(text)) continue;
    const line = node
      .callsWithin(entity, 1)
      .find(
        ({ call, scope }) =>
          LOGS.test(node.textOf(scope, call.callee)) &&
          call.args.some(({ value }) => /method|url|path/i.test(node.textOf(scope, value))),
      );
    if (!line) continue;
    yield {
      kind: 'accessLog',
      at: node.at(line.scope, line.call),
      name: 'middleware of the service',
      on: stated(true),
      reached,
    };
  }
}

/** Lines for each request: middleware of libraries, what the framework writes, and own middleware. */
export default defineExtractor({
  id: 'javascript/logs/access',
  reads: ['startPath'],
  produces: ['accessLog'],
  understands: hasNode,
  *extract({ node, facts }): Generator<AccessLog> {
    const startPaths = facts.all('startPath');
    for (const site of node.calls(...ACCESS)) {
      const name = node.nameOf(site.call.callee, site.scope);
      const held = inProduction(node, { scope: site.scope, conditions: conditionsOf(site) }, startPaths);
      const reached = both(node.reached(site), held.holds);
      yield {
        kind: 'accessLog',
        at: node.at(site.scope, site.call),
        name,
        on: isOnByItself(node, site),
        reached,
      };
    }
    for (const site of node.calls('fastify'))
      yield {
        kind: 'accessLog',
        at: node.at(site.scope, site.call),
        name: 'Fastify',
        on: writesRequests(node, site),
        reached: node.reached(site),
      };
    yield* byHand(node);
  },
});
