import { hasNode, type ServiceView } from '../define.ts';

/** Frameworks whose routes, and what is put before them, are read. */
const READ = ['express', 'fastify', '@nestjs/core', 'next', 'koa', 'hono', '@trpc/server'];

/** Those that are not. What such a service does with a caller is not seen. */
export const UNREAD = [
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
  'apollo-server',
  '@apollo/server',
  'type-graphql',
  'graphql-yoga',
  'express-openapi-validator',
];

/** Whether what stands before the routes of a service can be told: then its absence is one. */
export const readsFramework = (view: ServiceView): boolean =>
  hasNode(view) && (view.node.imports(...READ) || !view.node.imports(...UNREAD));
