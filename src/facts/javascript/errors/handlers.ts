import type { ErrorHandler } from '../../../model/index.ts';
import { both, truth } from '../../../model/index.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor } from '../../define.ts';
import { inProduction } from '../conditions.ts';
import { replacesHandler } from '../fastify/errors.ts';
import { readsFramework } from '../frameworks.ts';
import { nodeHandlers } from '../handlers.ts';
import { writesDown } from '../logs/loggers.ts';
import { appSites } from '../nestjs/apps.ts';
import { replacesFilter } from '../nestjs/filters.ts';
import { catchersOf } from './catchers.ts';

/** Whether it writes the cause down, or a service of the cause's collection is told. */
const logsIn = (node: CodeView, of: FunctionEntity): boolean =>
  node.callsWithin(of, 2).some(site => writesDown(node, site) && inProduction(node, site) !== 'no');

/** Handlers of libraries that only look at errors, and hand them on. */
const LOOK = [
  '@sentry/node.setupExpressErrorHandler',
  '@sentry/node.setupFastifyErrorHandler',
  '@sentry/node.setupKoaErrorHandler',
  '@sentry/node.Handlers.errorHandler',
  '@sentry/node.expressErrorHandler',
  'express-winston.errorLogger',
  'dd-trace.init',
  'newrelic.noticeError',
  '@bugsnag/js.getPlugin().errorHandler',
  'rollbar().errorHandler',
  'rollbar.errorHandler',
];

/** Own handlers: what another one has written down before is written down for all of them. */
function* byHand(node: CodeView): Generator<ErrorHandler> {
  const catchers = catchersOf(node);
  const isSeen =
    node.calls(...LOOK).some(site => node.reached(site) === 'yes' && inProduction(node, site) !== 'no') ||
    catchers.some(each => each.answers === 'none' && each.wired === 'yes' && logsIn(node, each.function));
  for (const { function: of, at, answers, covers, isLogged, wired } of catchers)
    yield {
      kind: 'errorHandler',
      at,
      name: nameOf(of),
      catches: answers === 'some' ? 'some' : 'everything',
      covers,
      uniform: truth(answers !== 'none'),
      logs: truth(isSeen || isLogged || logsIn(node, of)),
      wired,
    };
}

/** A method has the name of its class. */
function nameOf({ definition, self }: FunctionEntity): string {
  const of = self?.kind === 'object' ? self.of : self;
  const name = of?.definition.name ?? definition.name;
  return name === '' || name === 'default' ? 'the error handler' : name;
}

const NEST = '@nestjs/core.NestFactory.create';

/** What a framework does by itself: an answer, in the form of all its errors or of its own, and a line about it. */
const FRAMEWORKS: readonly (readonly [maker: string, name: string, uniform: boolean])[] = [
  ['express', 'Express', false],
  ['koa', 'Koa', false],
  ['hono.Hono', 'Hono', false],
  [NEST, 'NestJS', true],
];

/** Fastify answers unknown errors in the form of all its errors, and its logger writes the cause down. */
function ofFastify(node: CodeView, site: CallSite): ErrorHandler {
  const args = node.args(site);
  const options = args.arg(0, '');
  const logger = options && (args.member(options, 'logger') ?? args.member(options, 'loggerInstance'));
  const isClosed = !options || (options.kind === 'object' && !options.open);
  const isOff = logger ? logger.kind === 'literal' && !logger.value : isClosed;
  return {
    kind: 'errorHandler',
    at: node.at(site.scope, site.call),
    name: 'Fastify',
    catches: 'everything',
    covers: 'app',
    uniform: 'yes',
    logs: truth(!isOff),
    wired: both(node.reached(site), inProduction(node, site)),
  };
}

function* byFrameworks(node: CodeView): Generator<ErrorHandler> {
  for (const [maker, name, isUniform] of FRAMEWORKS) {
    if (maker === NEST && replacesFilter(node)) continue;
    for (const site of name === 'NestJS' ? appSites(node) : node.calls(maker))
      yield {
        kind: 'errorHandler',
        at: node.at(site.scope, site.call),
        name,
        catches: 'everything',
        covers: 'app',
        uniform: truth(isUniform),
        logs: 'yes',
        wired: node.reached(site),
      };
  }
  // Routes that stand in files of their own are called by the framework, which answers for what they throw.
  const placed = nodeHandlers(node).find(({ registration }) => registration === undefined);
  if (placed)
    yield {
      kind: 'errorHandler',
      at: placed.route.at,
      name: 'Next.js',
      catches: 'everything',
      covers: 'app',
      uniform: 'no',
      logs: 'yes',
      wired: placed.route.reached,
    };
  // An own handler takes the place of that of Fastify.
  if (!replacesHandler(node)) for (const site of node.calls('fastify')) yield ofFastify(node, site);
}

/** What answers for errors that nobody expected: own handlers, those of libraries, and frameworks by themselves. */
export default defineExtractor({
  id: 'javascript/errors/handlers',
  reads: [],
  produces: ['errorHandler'],
  understands: readsFramework,
  *extract({ node }): Generator<ErrorHandler> {
    yield* byHand(node);
    yield* byFrameworks(node);
  },
});
