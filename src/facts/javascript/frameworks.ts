import { hasNode, type ServiceView } from '../define.ts';

/** Frameworks whose routes, and what is put before them, are read. */
const READ = ['express', 'fastify', '@nestjs/core', 'next', 'koa', 'hono', '@trpc/server'];

/** Those that are not. What such a service does with a caller is not seen. */
const UNREAD = [
  '@hapi/hapi',
  'restify',
  'polka',
  'elysia',
  'nuxt',
  '@tanstack/react-start',
  '@solidjs/start',
  'h3',
  'nitropack',
  'astro',
  '@remix-run/node',
  '@remix-run/express',
  '@sveltejs/kit',
  'sails',
  '@adonisjs/core',
  '@feathersjs/feathers',
  'moleculer-web',
  'routing-controllers',
  '@tsed/common',
  'inversify-express-utils',
  'tsoa',
  'type-graphql',
  'mercurius',
  'postgraphile',
  'express-openapi-validator',
];

/** Servers of GraphQL. NestJS puts some of them behind its own resolvers, which are read. */
const OF_GRAPHQL = [
  'apollo-server',
  'apollo-server-express',
  'apollo-server-fastify',
  'apollo-server-koa',
  'apollo-server-micro',
  '@apollo/server',
  '@as-integrations/fastify',
  '@as-integrations/next',
  'express-graphql',
  'graphql-http',
  'graphql-yoga',
  '@graphql-yoga/node',
];

/** The libraries by which this service answers what is not read. */
export const unreadIn = ({ node }: ServiceView): readonly string[] =>
  [...UNREAD, ...(node.imports('@nestjs/graphql') ? [] : OF_GRAPHQL)].filter(name => node.imports(name));

/** Whether what stands before the routes of a service can be told: then its absence is one. */
export const readsFramework = (view: ServiceView): boolean =>
  hasNode(view) && (view.node.imports(...READ) || unreadIn(view).length === 0);
