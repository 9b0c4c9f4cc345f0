import type { Route } from '../../../model/index.ts';
import { defineExtractor, hasNode, unread, type Unread } from '../../define.ts';
import { nodeRouting } from '../handlers.ts';

/** Frameworks whose routes are read. A service on another one has routes that are not seen. */
const READ = ['express'];
const UNREAD = [
  'fastify',
  '@nestjs/core',
  'next',
  'koa',
  'hono',
  '@hapi/hapi',
  'restify',
  'polka',
  'elysia',
  'nuxt',
  'astro',
  '@remix-run/node',
  '@remix-run/express',
  '@sveltejs/kit',
  '@trpc/server',
  'sails',
  '@adonisjs/core',
  '@feathersjs/feathers',
  'moleculer-web',
  'routing-controllers',
  '@tsed/common',
  'inversify-express-utils',
  'tsoa',
  'apollo-server',
  '@apollo/server',
  'type-graphql',
  'graphql-yoga',
  'express-openapi-validator',
];

/** Every way into the service that the code defines. */
export default defineExtractor({
  id: 'javascript/standard/routes',
  reads: [],
  produces: ['route'],
  understands: view => hasNode(view) && (view.node.imports(...READ) || !view.node.imports(...UNREAD)),
  *extract({ node }): Generator<Route | Unread<'route'>> {
    const { handlers, blind } = nodeRouting(node);
    for (const { route } of handlers) yield route;
    for (const { path, because } of blind) yield unread('route', path, because);
    for (const name of UNREAD)
      if (node.imports(name))
        yield unread('route', node.paths()[0] ?? '', `routes of ${name} are not read yet`);
  },
});
