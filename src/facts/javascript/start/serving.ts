import type { StartPath, Term, Value } from '../../../model/index.ts';
import { stated } from '../../../model/index.ts';
import type { Code } from '../../code/code.ts';
import { reachFrom } from '../../code/reach.ts';
import type { CallSite } from '../../code/sites.ts';
import { timeLimitOf } from './time-limits.ts';

/** Calls with which a program begins to answer requests, and what they belong to. */
const SERVES: Readonly<Record<string, string>> = {
  'express().listen': 'Express',
  'fastify().listen': 'Fastify',
  '@nestjs/core.NestFactory.create().listen': 'NestJS',
  'koa().listen': 'Koa',
  '@hono/node-server.serve': 'Hono',
  '@hapi/hapi.server().start': 'hapi',
  'restify.createServer().listen': 'Restify',
  'polka().listen': 'Polka',
  'elysia.Elysia().listen': 'Elysia',
  '@apollo/server/standalone.startStandaloneServer': 'Apollo Server',
  '@grpc/grpc-js.Server().bindAsync': 'gRPC',
  'http.createServer().listen': 'node:http',
  'https.createServer().listen': 'node:https',
  'Bun.serve': 'Bun',
  'Deno.serve': 'Deno',
};

/** Calls that take work from a queue and answer no requests. */
const WORKS: Readonly<Record<string, string>> = {
  'bullmq.Worker': 'a BullMQ worker',
  'bull().process': 'a Bull worker',
};

/** Node serves by itself: a program that comes by such a call is the server that production runs. */
export const withServers = (startPaths: readonly StartPath[], code: Code): readonly StartPath[] =>
  startPaths.map(startPath => servedFrom(startPath, code));

function servedFrom(startPath: StartPath, code: Code): StartPath {
  const { serves, target } = startPath;
  const module =
    serves.with === 'program' && target.state === 'resolved' ? code.modules.at(target.path) : undefined;
  if (serves.with !== 'program' || !module) return startPath;
  const reach = reachFrom(code, [{ module, isScript: true, object: '' }]);
  const reached = (names: Readonly<Record<string, string>>): CallSite | undefined =>
    code
      .calls(...Object.keys(names))
      .find(({ scope, conditions }) => reach.reaches(scope, conditions) !== 'no');
  const nameOf = (site: CallSite) => code.nameOf(site.call.callee, site.scope);
  const site = reached(SERVES);
  const name = site && SERVES[nameOf(site)];
  if (site && name !== undefined)
    return {
      ...startPath,
      requestTimeout: timeLimitOf(code, reach, site),
      serves: { with: 'production-server', name: `${name} (${serves.name})`, leavesSignals: true },
      binds: bindsOf(code.argumentsOf(site).arg(0, 'port'), startPath.binds),
    };
  const work = reached(WORKS);
  const worker = work && WORKS[nameOf(work)];
  return worker === undefined
    ? startPath
    : { ...startPath, serves: { with: 'worker', name: `${worker} (${serves.name})` } };
}

/** `listen(3000)`; a variable of the environment may be set wherever it runs. */
function bindsOf(term: Term | undefined, otherwise: Value<readonly string[]>): Value<readonly string[]> {
  if (term?.kind !== 'literal') return otherwise;
  const port = String(term.value);
  return /^\d+$/.test(port) ? stated([`0.0.0.0:${port}`]) : otherwise;
}
