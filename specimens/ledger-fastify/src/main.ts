import './instrument.js';
import * as Sentry from '@sentry/node';
import { Redis } from 'ioredis';
import { buildApp } from './app.js';
import { openDatabase, waitForDatabase } from './database.js';
import { config } from './environment.js';

const redis = new Redis(config.redisUrl, { connectTimeout: 3_000, commandTimeout: 1_000, maxRetriesPerRequest: 1 });
const database = openDatabase(config, error => {
  app.log.error({ err: error }, 'an idle database connection broke');
});
const app = await buildApp(config, database, redis);
redis.on('error', error => {
  app.log.error({ err: error }, 'redis');
});

let stopping = false;

/** Lets running requests end, then closes what they used. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) return;
  stopping = true;
  app.closing = true;
  app.log.info({ signal }, 'stopping');
  const late = setTimeout(() => {
    app.log.error('requests did not end in time');
    process.exit(1);
  }, config.shutdownTimeout);
  await app.close();
  await database.end();
  redis.disconnect();
  await Sentry.close(2_000);
  clearTimeout(late);
}

process.on('SIGTERM', signal => void stop(signal));
process.on('SIGINT', signal => void stop(signal));

process.on('unhandledRejection', error => {
  app.log.fatal({ err: error }, 'unhandled rejection');
  throw error;
});

await waitForDatabase(database);
await app.listen({ host: config.host, port: config.port });
