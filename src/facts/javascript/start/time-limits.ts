import type { Term, Value } from '../../../model/index.ts';
import { byDefault, stated, unclear } from '../../../model/index.ts';
import { holds } from '../../../read/text-filter.ts';
import type { Call } from '../../../read/syntax.ts';
import { outermostFunction } from '../../code/at-start.ts';
import type { Code } from '../../code/code.ts';
import type { Reach } from '../../code/reach.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';

/** What answers requests in the end, by the calls that make it. */
const SERVERS = [
  'express().listen()',
  'koa().listen()',
  'http.createServer()',
  'https.createServer()',
  'http2.createSecureServer()',
  'http.createServer().listen()',
  'https.createServer().listen()',
  '@nestjs/core.NestFactory.create().getHttpServer()',
  '@nestjs/core.NestFactory.create().listen()',
  '@hono/node-server.serve()',
];

/** Middleware that ends a request after some time; where its time stands. */
const MIDDLEWARE = [
  'connect-timeout',
  'express-timeout-handler.handler',
  'koa-timeout',
  'hono/timeout.timeout',
  'rxjs/operators.timeout',
  'rxjs.timeout',
];

/** Options of Fastify, the one that ends a request that hangs before that for one which does not arrive. */
const OF_FASTIFY = ['handlerTimeout', 'connectionTimeout', 'requestTimeout'];

/** Seconds that a server gives a request; 0 where nothing ends one. */
export function timeLimitOf(code: Code, reach: Reach, listens: CallSite): Value<number> {
  const [found] = [
    ...ofFastify(code, listens),
    ...setOnServer(code, reach),
    ...assigned(code, reach),
    ...byMiddleware(code, reach),
  ];
  return found ?? byDefault(0);
}

function ofFastify(code: Code, { call, scope }: CallSite): readonly Value<number>[] {
  const server =
    call.callee.kind === 'attribute' ? code.resolver.resolve(call.callee.object, scope) : undefined;
  const made = server?.kind === 'external' && server.name === 'fastify()' ? server.made : undefined;
  if (!made) return [];
  const args = code.evaluator.argumentsOf(made.call, made.scope);
  const options = args.arg(0, '');
  return OF_FASTIFY.flatMap(name => {
    const term = options && args.member(options, name);
    return term ? secondsOf(term) : [];
  });
}

const setOnServer = (code: Code, reach: Reach): readonly Value<number>[] =>
  code
    .calls(...SERVERS.map(server => `${server}.setTimeout`))
    .filter(({ scope, conditions }) => reach.reaches(scope, conditions) !== 'no')
    .flatMap(site => secondsOf(code.argumentsOf(site).arg(0, '')));

/** `server.requestTimeout = 30_000` */
const assigned = (code: Code, reach: Reach): readonly Value<number>[] =>
  code.modules.all
    .filter(
      module => holds(module.file, 'imeout') && /\.(requestTimeout|timeout)\s*=[^=>]/.test(module.file.text),
    )
    .flatMap(module => code.search.statementsOf(module, ['requestTimeout', 'timeout']))
    .flatMap(({ statement, scope, conditions }) => {
      if (statement.kind !== 'assign' || !statement.value) return [];
      const isOfServer = statement.targets.some(
        target =>
          target.kind === 'attribute' &&
          /^(requestTimeout|timeout)$/.test(target.name) &&
          SERVERS.includes(code.nameOf(target.object, scope)),
      );
      return isOfServer && reach.reaches(scope, conditions) !== 'no'
        ? secondsOf(code.evaluator.evaluate(statement.value, scope))
        : [];
    });

const byMiddleware = (code: Code, reach: Reach): readonly Value<number>[] =>
  code
    .calls(...MIDDLEWARE)
    .filter(({ scope, conditions }) => reach.reaches(scope, conditions) !== 'no')
    .filter(({ call, scope }) => !isOfStreams(code, call, scope) || isInterceptor(scope))
    .flatMap(site => {
      const args = code.argumentsOf(site);
      const first = args.arg(0, '');
      return secondsOf((first && args.member(first, 'timeout')) ?? first);
    });

/** A stream may be anything; one that an interceptor hands on is the answer to a request. */
const isOfStreams = (code: Code, call: Call, scope: Scope): boolean =>
  /^rxjs\b/.test(code.nameOf(call.callee, scope));

const isInterceptor = (scope: Scope): boolean => outermostFunction(scope)?.name === 'intercept';

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, '': 0.001 };

/** Times are in milliseconds, or text with a unit: `"5s"`. Zero sets no limit. */
function secondsOf(term: Term | undefined): readonly Value<number>[] {
  if (term?.kind === 'env' && term.fallback) return secondsOf(term.fallback);
  if (term?.kind !== 'literal') return [unclear('the time is worked out at run time')];
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(String(term.value)) ?? [];
  if (number === undefined) return [unclear('the time is worked out at run time')];
  const seconds = Number(number) * (UNITS[unit] ?? 1);
  return seconds === 0 ? [] : [stated(seconds)];
}
