import { createSigner } from 'fast-jwt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLedger, tokenFor, type Ledger } from './support/ledger.js';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await startLedger();
});
afterAll(() => ledger.stop());

const routes = [
  ['GET', '/v1/accounts'],
  ['POST', '/v1/accounts'],
  ['GET', '/v1/accounts/01a1fdad-943f-7000-8e3f-41bcc880848c'],
  ['GET', '/v1/accounts/01a1fdad-943f-7000-8e3f-41bcc880848c/entries'],
  ['GET', '/v1/transactions'],
  ['POST', '/v1/transactions'],
  ['GET', '/v1/transactions/01a1fdad-943f-7000-8e3f-41bcc880848c'],
  ['POST', '/v1/transactions/01a1fdad-943f-7000-8e3f-41bcc880848c/reversal'],
] as const;

test.each(routes)('%s %s wants a token', async (method, url) => {
  const answer = await ledger.app.inject({ method, url });
  expect(answer.statusCode).toBe(401);
  expect(answer.json()).toMatchObject({ code: 'unauthenticated' });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { sub: 'ada', iss: 'https://id.example.org/', aud: 'ledger', exp: 4_102_444_800 };

test.each([
  ['of another issuer', tokenFor('ada', { issuer: 'https://elsewhere.example.org/' })],
  ['for another audience', tokenFor('ada', { audience: 'shop' })],
  ['that has expired', tokenFor('ada', { expiresIn: 1, at: Date.now() - 60_000 })],
  ['signed with a shared secret', createSigner({ key: 'guess', algorithm: 'HS256' })(claims)],
  ['that is not signed', `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`],
])('a token %s is refused', async (_what, token) => {
  const answer = await ledger.app.inject({ url: '/v1/accounts', headers: { authorization: `Bearer ${token}` } });
  expect(answer.statusCode).toBe(401);
});

test('reading is not writing', async () => {
  const authorization = `Bearer ${tokenFor('kim', { scope: 'ledger:read' })}`;
  expect((await ledger.app.inject({ url: '/v1/accounts', headers: { authorization } })).statusCode).toBe(200);
  const write = await ledger.app.inject({
    method: 'POST',
    url: '/v1/accounts',
    headers: { authorization },
    payload: { name: 'x', kind: 'asset', currency: 'EUR' },
  });
  expect(write.statusCode).toBe(403);
  const { rows } = await ledger.database.query('SELECT event, subject FROM audit_events WHERE actor = $1', ['kim']);
  expect(rows).toEqual([{ event: 'access.denied', subject: 'ledger:write' }]);
});
