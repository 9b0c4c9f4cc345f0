import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { environment } from './support/ledger.js';
import { migrate } from './support/migrate.js';
import { startPostgres } from './support/postgres.mjs';
import { startRedis } from './support/redis.mjs';

const databaseUrl = inject('databaseUrl');
let redis: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const running: ChildProcess[] = [];
afterEach(() => {
  for (const service of running.splice(0)) service.kill('SIGKILL');
});

function serve(given: Record<string, string>) {
  const service = spawn('node', ['dist/main.js'], {
    env: { PATH: process.env['PATH'], ...given },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(service);
  return service;
}

test('what the image starts answers, and ends in order on SIGTERM', async () => {
  const service = serve({ ...environment(databaseUrl, redis.url), LOG_LEVEL: 'info', PORT: '18080', HOST: '127.0.0.1' });
  let log = '';
  service.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  for (let tries = 0; tries < 60 && !log.includes('Server listening'); tries++) await pause(100);
  const ready = await fetch('http://127.0.0.1:18080/readyz');
  expect(ready.status).toBe(200);
  expect((await fetch('http://127.0.0.1:18080/v1/accounts')).status).toBe(401);
  service.kill('SIGTERM');
  const [code] = (await once(service, 'exit')) as [number];
  expect(code).toBe(0);
  expect(log.split('\n').filter(line => line !== '').every(line => line.startsWith('{'))).toBe(true);
});

test('it does not start without its settings', async () => {
  const service = serve({ ...environment(databaseUrl, redis.url), REDIS_URL: '' });
  let said = '';
  service.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(service, 'exit')) as [number];
  expect(code).not.toBe(0);
  expect(said).toContain('REDIS_URL');
});

test('the migrations go down and up again', async () => {
  const postgres = await startPostgres();
  await migrate(postgres.url, 'up');
  await migrate(postgres.url, 'down', 4);
  await migrate(postgres.url, 'up');
  await postgres.stop();
});
