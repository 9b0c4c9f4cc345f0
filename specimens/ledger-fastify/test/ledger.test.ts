import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, Transaction } from '../src/http/schemas.js';
import { startLedger, tokenFor, type Ledger } from './support/ledger.js';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await startLedger();
});
afterAll(() => ledger.stop());

const call = (sub: string, method: 'GET' | 'POST', url: string, payload?: object, key: string = randomUUID()) =>
  ledger.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${tokenFor(sub)}`, 'idempotency-key': key },
    ...(payload && { payload }),
  });

async function account(sub: string, name: string, currency = 'EUR', kind = 'asset'): Promise<Account> {
  const answer = await call(sub, 'POST', '/v1/accounts', { name, kind, currency });
  expect(answer.statusCode).toBe(201);
  return answer.json<Account>();
}

const transfer = (from: string, to: string, amount: string) => ({
  description: 'rent',
  entries: [
    { accountId: to, direction: 'debit', amount },
    { accountId: from, direction: 'credit', amount },
  ],
});

const balanceOf = async (sub: string, id: string): Promise<string> =>
  (await call(sub, 'GET', `/v1/accounts/${id}`)).json<{ balance: string }>().balance;

describe('accounts', () => {
  test('are made, found, and start at nothing', async () => {
    const made = await account('ada', 'Cash');
    const found = await call('ada', 'GET', `/v1/accounts/${made.id}`);
    expect(found.json()).toEqual({ ...made, balance: '0' });
  });

  test("somebody else's are not there", async () => {
    const made = await account('ada', 'Savings');
    expect((await call('bob', 'GET', `/v1/accounts/${made.id}`)).statusCode).toBe(404);
    expect((await call('bob', 'GET', `/v1/accounts/${made.id}/entries`)).statusCode).toBe(404);
    expect((await call('bob', 'GET', '/v1/accounts')).json()).toEqual({ items: [], next: null });
  });

  test('are listed in pages', async () => {
    for (const name of ['a', 'b', 'c']) await account('carol', name);
    const first = (await call('carol', 'GET', '/v1/accounts?limit=2')).json<{ items: Account[]; next: string }>();
    const second = (await call('carol', 'GET', `/v1/accounts?limit=2&after=${first.next}`)).json<typeof first>();
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(second.next).toBeNull();
    expect((await call('carol', 'GET', '/v1/accounts?limit=1000')).statusCode).toBe(400);
  });

  test.each([
    [{ name: '', kind: 'asset', currency: 'EUR' }],
    [{ name: 'x', kind: 'treasure', currency: 'EUR' }],
    [{ name: 'x', kind: 'asset', currency: 'euro' }],
    [{ kind: 'asset', currency: 'EUR' }],
  ])('%o is refused', async body => {
    const answer = await call('ada', 'POST', '/v1/accounts', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});

describe('transactions', () => {
  test('move amounts, and a reversal moves them back once', async () => {
    const [cash, rent] = [await account('dora', 'Cash'), await account('dora', 'Rent', 'EUR', 'expense')];
    const posted = await call('dora', 'POST', '/v1/transactions', transfer(cash.id, rent.id, '125000'));
    expect(posted.statusCode).toBe(201);
    expect([await balanceOf('dora', cash.id), await balanceOf('dora', rent.id)]).toEqual(['-125000', '125000']);
    const { id } = posted.json<Transaction>();
    const back = await call('dora', 'POST', `/v1/transactions/${id}/reversal`);
    const again = await call('dora', 'POST', `/v1/transactions/${id}/reversal`);
    expect([back.statusCode, again.statusCode]).toEqual([201, 200]);
    expect(again.json()).toEqual(back.json());
    expect(await balanceOf('dora', cash.id)).toBe('0');
    const lines = await call('dora', 'GET', `/v1/accounts/${cash.id}/entries`);
    expect(lines.json<{ items: { amount: string }[] }>().items.map(({ amount }) => amount)).toEqual(['125000', '125000']);
    expect((await call('dora', 'GET', '/v1/transactions')).json<{ items: unknown[] }>().items).toHaveLength(2);
    expect((await call('bob', 'GET', `/v1/transactions/${id}`)).statusCode).toBe(404);
    expect((await call('bob', 'POST', `/v1/transactions/${id}/reversal`)).statusCode).toBe(404);
    expect((await call('dora', 'GET', `/v1/transactions/${id}`)).json()).toEqual(posted.json());
  });

  test('are posted once for each key, also when two come at once', async () => {
    const [one, two] = [await account('eve', 'One'), await account('eve', 'Two')];
    const body = transfer(one.id, two.id, '7');
    const answers = await Promise.all([1, 2, 3].map(() => call('eve', 'POST', '/v1/transactions', body, 'key-of-eve')));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 201]);
    expect(await balanceOf('eve', two.id)).toBe('7');
    const other = await call('eve', 'POST', '/v1/transactions', transfer(one.id, two.id, '8'), 'key-of-eve');
    expect(other.statusCode).toBe(409);
  });

  test('that do not balance, cross owners or mix currencies are refused', async () => {
    const [own, foreign] = [await account('finn', 'Own'), await account('gus', 'Foreign')];
    const dollars = await account('finn', 'Dollars', 'USD');
    const unbalanced = {
      description: 'x',
      entries: [...transfer(own.id, own.id, '5').entries, ...transfer(own.id, own.id, '6').entries.slice(1)],
    };
    for (const body of [unbalanced, transfer(own.id, foreign.id, '5'), transfer(own.id, dollars.id, '5')])
      expect((await call('finn', 'POST', '/v1/transactions', body)).statusCode).toBe(422);
    expect((await call('finn', 'GET', '/v1/transactions')).json()).toEqual({ items: [], next: null });
  });

  test('keep amounts beyond what a double can hold', async () => {
    const [one, two] = [await account('hal', 'One'), await account('hal', 'Two')];
    await call('hal', 'POST', '/v1/transactions', transfer(one.id, two.id, '900719925474099301'));
    expect(await balanceOf('hal', two.id)).toBe('900719925474099301');
  });

  test('want an idempotency key', async () => {
    const answer = await ledger.app.inject({
      method: 'POST',
      url: '/v1/transactions',
      headers: { authorization: `Bearer ${tokenFor('ada')}` },
      payload: transfer(randomUUID(), randomUUID(), '1'),
    });
    expect(answer.statusCode).toBe(400);
  });
});

describe('the database', () => {
  test('keeps the books balanced whoever writes', async () => {
    const own = await account('ivy', 'Own');
    const write = ledger.database.query(
      `WITH t AS (INSERT INTO transactions (owner, idempotency_key, fingerprint, description)
                  VALUES ('ivy', 'by hand', repeat('0', 64), 'by hand') RETURNING id)
       INSERT INTO entries (transaction_id, account_id, direction, amount) SELECT id, $1, 'debit', 1 FROM t`,
      [own.id],
    );
    await expect(write).rejects.toThrow('not balanced');
  });

  test('lets nobody rewrite history', async () => {
    await expect(ledger.database.query('UPDATE entries SET amount = 1')).rejects.toThrow('append-only');
    await expect(ledger.database.query('DELETE FROM transactions')).rejects.toThrow('append-only');
  });

  test('has a record of what was done', async () => {
    const own = await account('jane', 'Own');
    const { rows } = await ledger.database.query('SELECT event, subject FROM audit_events WHERE actor = $1', ['jane']);
    expect(rows).toEqual([{ event: 'account.created', subject: own.id }]);
  });
});
