import { z } from 'zod';

const list = z.string().transform(text => text.split(',').map(item => item.trim()).filter(item => item !== ''));

const Environment = z.object({
  NODE_ENV: z.enum(['production', 'test', 'development']).default('production'),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),

  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_TLS: z.enum(['verify', 'off']).default('verify'),
  DATABASE_CA: z.string().optional(),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(50).default(10),
  DATABASE_STATEMENT_TIMEOUT_MS: z.coerce.number().int().min(100).default(5_000),

  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(300),

  JWT_ISSUER: z.url({ protocol: /^https$/ }),
  JWT_AUDIENCE: z.string().min(1),
  JWT_PUBLIC_KEY: z.string().startsWith('-----BEGIN PUBLIC KEY-----'),

  CORS_ORIGINS: list.default([]),
  TRUSTED_PROXIES: list.default([]),

  SENTRY_DSN: z.url().optional(),
  TRACE_SAMPLE_RATE: z.coerce.number().min(0).max(1).default(0.05),
  RELEASE: z.string().default('unreleased'),
  SHUTDOWN_TIMEOUT_MS: z.coerce.number().int().min(1_000).default(25_000),
});

export interface Config {
  readonly environment: 'production' | 'test' | 'development';
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly database: {
    readonly url: string;
    readonly ssl: false | { readonly rejectUnauthorized: true; readonly ca?: string };
    readonly poolMax: number;
    readonly statementTimeout: number;
  };
  readonly redisUrl: string;
  readonly rateLimitPerMinute: number;
  readonly jwt: { readonly issuer: string; readonly audience: string; readonly publicKey: string };
  readonly corsOrigins: string[];
  readonly trustedProxies: string[];
  readonly sentryDsn: string | undefined;
  readonly traceSampleRate: number;
  readonly release: string;
  readonly shutdownTimeout: number;
}

/** What the environment says, or an error that names every variable that is missing or wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const read = Environment.safeParse(environment);
  if (!read.success) {
    const faults = read.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is not valid:\n${faults.join('\n')}`);
  }
  const given = read.data;
  return {
    environment: given.NODE_ENV,
    host: given.HOST,
    port: given.PORT,
    logLevel: given.LOG_LEVEL,
    database: {
      url: given.DATABASE_URL,
      ssl:
        given.DATABASE_TLS === 'off'
          ? false
          : { rejectUnauthorized: true, ...(given.DATABASE_CA !== undefined && { ca: given.DATABASE_CA }) },
      poolMax: given.DATABASE_POOL_MAX,
      statementTimeout: given.DATABASE_STATEMENT_TIMEOUT_MS,
    },
    redisUrl: given.REDIS_URL,
    rateLimitPerMinute: given.RATE_LIMIT_PER_MINUTE,
    jwt: { issuer: given.JWT_ISSUER, audience: given.JWT_AUDIENCE, publicKey: given.JWT_PUBLIC_KEY },
    corsOrigins: given.CORS_ORIGINS,
    trustedProxies: given.TRUSTED_PROXIES,
    sentryDsn: given.SENTRY_DSN,
    traceSampleRate: given.TRACE_SAMPLE_RATE,
    release: given.RELEASE,
    shutdownTimeout: given.SHUTDOWN_TIMEOUT_MS,
  };
}
