import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../src/config.js';
import { environment, startLedger, tokenFor, type Ledger } from './support/ledger.js';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await startLedger({ RATE_LIMIT_PER_MINUTE: '5' });
});
afterAll(() => ledger.stop());

test('answers carry an id and headers that browsers heed', async () => {
  const { app } = ledger;
  const given = await app.inject({ url: '/livez', headers: { 'x-request-id': 'from-the-ingress' } });
  expect(given.headers).toMatchObject({
    'x-request-id': 'from-the-ingress',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  });
  expect((await app.inject('/livez')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('one origin may read answers, others may not', async () => {
  const { app } = ledger;
  const from = async (origin: string) =>
    (await app.inject({ url: '/livez', headers: { origin } })).headers['access-control-allow-origin'];
  expect(await from('https://books.example.org')).toBe('https://books.example.org');
  expect(await from('https://evil.example.org')).toBeUndefined();
});

test('an error of ours tells the caller nothing', async () => {
  const { app } = ledger;
  vi.spyOn(app.database, 'query').mockRejectedValueOnce(new Error('relation "accounts" does not exist') as never);
  const answer = await app.inject({ url: '/v1/accounts', headers: { authorization: `Bearer ${tokenFor('ada')}` } });
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toMatchObject({ code: 'internal_error', detail: 'Something went wrong on our side.' });
  expect(answer.body).not.toContain('relation');
});

test('requests are counted by route', async () => {
  const { app } = ledger;
  await app.inject('/v1/accounts');
  const { body } = await app.inject('/metrics');
  expect(body).toContain('http_request_duration_seconds_count{method="GET",route="/v1/accounts",status="401"} 1');
});

test('the interface describes itself', async () => {
  const { app } = ledger;
  await app.ready();
  const described = (await app.inject('/openapi.json')).json<{ paths: Record<string, unknown> }>();
  expect(Object.keys(described.paths)).toContain('/v1/transactions/{id}/reversal');
  expect((await app.inject('/nothing')).json()).toMatchObject({ status: 404, code: 'not_found' });
});

test('a configuration that lacks something names it', () => {
  const lacking = { ...environment('postgresql://x', 'redis://x'), DATABASE_URL: undefined, JWT_AUDIENCE: undefined };
  expect(() => readConfig(lacking)).toThrow(/DATABASE_URL[\s\S]*JWT_AUDIENCE/);
});

test('too many requests are refused', async () => {
  const { app } = ledger;
  const headers = { authorization: `Bearer ${tokenFor('ada')}` };
  const ask = async () => (await app.inject({ url: '/v1/accounts', headers })).statusCode;
  const seen: number[] = [];
  for (let count = 0; count < 6; count++) seen.push(await ask());
  expect(seen.at(-1)).toBe(429);
});

test('it is ready while the database and Redis answer', async () => {
  const { app, stopRedis, database } = ledger;
  expect((await app.inject('/readyz')).json()).toEqual({ status: 'ok', database: true, redis: true });
  vi.spyOn(database, 'query').mockRejectedValueOnce(new Error('gone') as never);
  expect((await app.inject('/readyz')).json()).toMatchObject({ status: 'unavailable', database: false });
  await stopRedis();
  const without = await app.inject('/readyz');
  expect([without.statusCode, without.json()]).toEqual([503, { status: 'unavailable', database: true, redis: false }]);
  expect((await app.inject('/livez')).statusCode).toBe(200);
});
