import { generateKeyPairSync } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { createSigner } from 'fast-jwt';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { buildApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { openDatabase, type Database } from '../../src/database.js';
import { startRedis } from './redis.mjs';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export const environment = (databaseUrl: string, redisUrl: string): Record<string, string> => ({
  NODE_ENV: 'test',
  LOG_LEVEL: 'fatal',
  DATABASE_URL: databaseUrl,
  DATABASE_TLS: 'off',
  REDIS_URL: redisUrl,
  RATE_LIMIT_PER_MINUTE: '200',
  JWT_ISSUER: 'https://id.example.org/',
  JWT_AUDIENCE: 'ledger',
  JWT_PUBLIC_KEY: keys.publicKey,
  CORS_ORIGINS: 'https://books.example.org',
});

export interface TokenOptions {
  readonly scope?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expiresIn?: number;
  readonly at?: number;
}

/** A token as the identity provider makes them. */
export function tokenFor(sub: string, options: TokenOptions = {}): string {
  const sign = createSigner({
    key: keys.privateKey,
    algorithm: 'RS256',
    iss: options.issuer ?? 'https://id.example.org/',
    aud: options.audience ?? 'ledger',
    expiresIn: options.expiresIn ?? 60_000,
    ...(options.at !== undefined && { clockTimestamp: options.at }),
  });
  return sign({ sub, scope: options.scope ?? 'ledger:read ledger:write' });
}

export interface Ledger {
  readonly app: FastifyInstance;
  readonly database: Database;
  stopRedis(): Promise<void>;
  stop(): Promise<void>;
}

/** The whole application, before the database of this run and a Redis of its own. */
export async function startLedger(overrides: Record<string, string> = {}): Promise<Ledger> {
  const redisServer = await startRedis();
  const config = readConfig({ ...environment(inject('databaseUrl'), redisServer.url), ...overrides });
  const database = openDatabase(config, () => undefined);
  const redis = new Redis(config.redisUrl, { maxRetriesPerRequest: 1, commandTimeout: 1_000 });
  redis.on('error', () => undefined);
  const app = await buildApp(config, database, redis);
  return {
    app,
    database,
    stopRedis: redisServer.stop,
    stop: async () => {
      await app.close();
      await database.end();
      redis.disconnect();
      await redisServer.stop();
    },
  };
}
