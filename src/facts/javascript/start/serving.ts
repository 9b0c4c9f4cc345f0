import type { StartPath } from '../../../model/index.ts';
import type { Code } from '../../code/code.ts';
import { reachFrom } from '../../code/reach.ts';

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
  'http.createServer().listen': 'node:http',
  'https.createServer().listen': 'node:https',
  'Bun.serve': 'Bun',
  'Deno.serve': 'Deno',
};

/** Node serves by itself: a program that comes by such a call is the server that production runs. */
export function withServers(startPaths: readonly StartPath[], code: Code): readonly StartPath[] {
  return startPaths.map(startPath => {
    const { serves, target } = startPath;
    const module =
      serves.with === 'program' && target.state === 'resolved' ? code.modules.at(target.path) : undefined;
    if (serves.with !== 'program' || !module) return startPath;
    const reach = reachFrom(code, [{ module, isScript: true, object: '' }]);
    const site = code
      .calls(...Object.keys(SERVES))
      .find(({ scope, conditions }) => reach.reaches(scope, conditions) !== 'no');
    const name = site && SERVES[code.nameOf(site.call.callee, site.scope)];
    return name
      ? {
          ...startPath,
          serves: { with: 'production-server', name: `${name} (${serves.name})`, leavesSignals: true },
        }
      : startPath;
  });
}
