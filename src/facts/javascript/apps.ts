import type { Code } from '../code/code.ts';
import type { AppPlace } from '../services.ts';

/** Calls that make what a server runs, and how the framework is called. */
export const APP_MAKERS: Readonly<Record<string, string>> = {
  express: 'Express',
  fastify: 'Fastify',
  koa: 'Koa',
  'hono.Hono': 'Hono',
  '@nestjs/core.NestFactory.create': 'NestJS',
  '@nestjs/core.NestFactory.createMicroservice': 'NestJS',
  '@hapi/hapi.server': 'hapi',
  'restify.createServer': 'restify',
  polka: 'Polka',
  'elysia.Elysia': 'Elysia',
};

const known = new WeakMap<Code, readonly AppPlace[]>();

/** The files of a repository that make an app. */
export function nodeAppsIn(code: Code): readonly AppPlace[] {
  const before = known.get(code);
  if (before) return before;
  const found = Object.entries(APP_MAKERS).flatMap(([maker, framework]) =>
    code
      .calls(maker)
      .filter(({ scope }) => scope.module.file.role === 'production')
      .map(({ scope }): AppPlace => ({ path: scope.module.path, language: 'javascript', framework })),
  );
  known.set(code, found);
  return found;
}
