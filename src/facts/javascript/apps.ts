import type { Code } from '../code/code.ts';
import type { Module } from '../code/modules.ts';

/** Calls that make what a server runs. */
const APP_MAKERS = [
  'express',
  'fastify',
  'koa',
  'hono.Hono',
  'hono.OpenAPIHono',
  '@nestjs/core.NestFactory.create',
  '@nestjs/core.NestFactory.createMicroservice',
  '@hapi/hapi.server',
  'restify.createServer',
  'polka',
  'elysia.Elysia',
  'http.createServer',
];

const known = new WeakMap<Code, readonly Module[]>();

/** The production modules of a repository that make an app. */
export function modulesWithApps(code: Code): readonly Module[] {
  const before = known.get(code);
  if (before) return before;
  const modules = code.calls(...APP_MAKERS).map(({ scope }) => scope.module);
  const found = [...new Set(modules)].filter(({ file }) => file.role === 'production');
  known.set(code, found);
  return found;
}
