import type { RequestId, Truth } from '../../../model/index.ts';
import { both, either, truth } from '../../../model/index.ts';
import { holds } from '../../../read/text-filter.ts';
import type { CodeView } from '../../code/view.ts';
import { inProduction } from '../conditions.ts';
import { sentHeaders } from '../headers/sent.ts';
import { ownMiddleware } from '../middleware.ts';
import { defineExtractor, hasNode } from '../../define.ts';

/** Middleware of libraries that gives each request a number. */
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
const LOGGED = [
  'pino-http',
  'pino-http.pinoHttp',
  'express-pino-logger',
  'koa-pino-logger',
  'nestjs-pino.LoggerModule.forRoot',
];
/** These send it back by themselves. */
const RETURNED = ['express-request-id', 'koa-requestid', 'hono/request-id.requestId'];

const HEADERS = new Set(
  ['request-id', 'correlation-id', 'trace-id', 'requestid'].flatMap(name => [name, `x-${name}`]),
);
const NAME = /(request|correlation|trace|req)[-_]?id/i;
const MADE = /headers\b|\.get\(|\.header\(|uuid|nanoid|ulid|cuid|randomBytes|randomUUID|\.id\b/i;

/** Places in the text of a module where log lines are given an identifier. */
const IN_LINES =
  /(child|log\w*|info|warn|error|debug|bindings|setBindings|mixin|assign)\s*\(\s*(\(\)\s*=>\s*\(?)?\{[^}]*\b(req(uest)?_?Id|correlation_?Id|trace_?Id)\b|token\(\s*["'](id|reqId|request-id|requestId)["']|(req(uest)?Id|correlationId|traceId)\s*[:=][^;\n]*(getStore|rTracer|\.get\()|\$\{[^}]*\b(req(uest)?Id|correlationId|req(uest)?\.id)\b[^}]*\}/i;
const SPEAKS = ['requestId', 'request_id', 'reqId', 'correlationId', 'correlation_id', 'traceId', 'trace_id', 'request-id', 'req.id', 'request.id']; // prettier-ignore

/** Whether lines carry it: some module that production reaches says so. */
const inLines = (node: CodeView): Truth =>
  either(
    ...node
      .modules()
      .filter(({ file }) => SPEAKS.some(word => holds(file, word)) && IN_LINES.test(file.text))
      .map(module => node.reach.reachesModule(module)),
  );

const sentBack = (node: CodeView): Truth =>
  either(...sentHeaders(node, HEADERS).map(({ wired, site }) => either(wired, node.reached(site))));

function* byLibraries(node: CodeView): Generator<RequestId> {
  for (const site of node.calls(...IDS, ...LOGGED)) {
    const name = node.nameOf(site.call.callee, site.scope);
    yield {
      kind: 'requestId',
      at: node.at(site.scope, site.call),
      name,
      returned: RETURNED.includes(name) ? 'yes' : sentBack(node),
      logged: LOGGED.includes(name) ? 'yes' : inLines(node),
      wired: both(node.reached(site), inProduction(node, site)),
    };
  }
}

/** Fastify gives each request a number by itself, and its logger writes it into each line. */
function* byFastify(node: CodeView): Generator<RequestId> {
  for (const site of node.calls('fastify')) {
    const args = node.args(site);
    const options = args.arg(0, '');
    const logger = options && (args.member(options, 'logger') ?? args.member(options, 'loggerInstance'));
    const isOpen = options?.kind === 'unclear' || (options?.kind === 'object' && options.open);
    const isOff = logger?.kind === 'literal' && !logger.value;
    yield {
      kind: 'requestId',
      at: node.at(site.scope, site.call),
      name: 'Fastify',
      returned: sentBack(node),
      logged: logger ? truth(!isOff) : isOpen ? 'unclear' : 'no',
      wired: node.reached(site),
    };
  }
}

/** Own middleware that takes a number from a header or makes one. */
function* byHand(node: CodeView): Generator<RequestId> {
  for (const { function: entity, reached } of ownMiddleware(node)) {
    const { file } = entity.scope.module;
    if (!SPEAKS.some(word => holds(file, word))) continue;
    const text = node.textOf(entity.scope, entity.definition);
    if (!NAME.test(text) || !MADE.test(text)) continue;
    yield {
      kind: 'requestId',
      at: node.at(entity.scope, entity.definition.head),
      name: entity.definition.name || 'middleware of the service',
      returned: sentBack(node),
      logged: inLines(node),
      wired: reached,
    };
  }
}

/** Identifiers that go with a request: by a library, by the framework, or by own middleware. */
export default defineExtractor({
  id: 'javascript/logs/request-ids',
  reads: [],
  produces: ['requestId'],
  understands: hasNode,
  *extract({ node }): Generator<RequestId> {
    yield* byLibraries(node);
    yield* byFastify(node);
    yield* byHand(node);
  },
});
