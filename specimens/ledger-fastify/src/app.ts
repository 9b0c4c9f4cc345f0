import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import etag from '@fastify/etag';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Config } from './config.js';
import type { Database } from './database.js';
import { authentication } from './http/authenticate.js';
import { errors } from './http/errors.js';
import { health } from './http/health.js';
import { metrics } from './http/metrics.js';
import { accounts } from './routes/accounts.js';
import { transactions } from './routes/transactions.js';

declare module 'fastify' {
  interface FastifyInstance {
    readonly database: Database;
    readonly redis: Redis;
    closing: boolean;
  }
}

export async function buildApp(config: Config, database: Database, redis: Redis): Promise<FastifyInstance> {
  const app = Fastify({
    logger: {
      level: config.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
    },
    requestIdHeader: 'x-request-id',
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: 64 * 1024,
    connectionTimeout: 20_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 65_000,
  });
  app.decorate('database', database);
  app.decorate('redis', redis);
  app.decorate('closing', false);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  await app.register(errors);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    hsts: { maxAge: 31_536_000, includeSubDomains: true },
  });
  await app.register(cors, {
    origin: config.corsOrigins,
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key'],
    exposedHeaders: ['x-request-id'],
    credentials: false,
    maxAge: 600,
  });
  await app.register(rateLimit, {
    redis,
    max: config.rateLimitPerMinute,
    timeWindow: '1 minute',
    nameSpace: 'ledger-rate-limit-',
  });
  await app.register(compress, { global: true, threshold: 2_048 });
  await app.register(etag);
  await app.register(swagger, {
    openapi: {
      info: { title: 'Ledger', description: 'Double-entry bookkeeping', version: '1.4.2' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ bearer: [] }],
    },
  });
  await app.register(metrics);
  await app.register(health);
  await app.register(authentication, { jwt: config.jwt });
  await app.register(accounts, { prefix: '/v1' });
  await app.register(transactions, { prefix: '/v1' });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  return app;
}
