// npm run test:load: postings between two accounts for half a minute, at LEDGER_URL with LEDGER_TOKEN.
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

const { LEDGER_URL: url = 'http://127.0.0.1:8080', LEDGER_TOKEN: token = '' } = process.env;
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

async function account(name) {
  const answer = await fetch(`${url}/v1/accounts`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name, kind: 'asset', currency: 'EUR' }),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()).id;
}

const [from, to] = [await account('load: from'), await account('load: to')];
const body = JSON.stringify({
  description: 'load',
  entries: [
    { accountId: to, direction: 'debit', amount: '1' },
    { accountId: from, direction: 'credit', amount: '1' },
  ],
});
const result = await autocannon({
  url: `${url}/v1/transactions`,
  connections: 50,
  duration: 30,
  requests: [
    {
      method: 'POST',
      body,
      setupRequest: request => ({ ...request, headers: { ...headers, 'idempotency-key': randomUUID() } }),
    },
  ],
});
console.log(autocannon.printResult(result));
process.exit(result.non2xx > 0 || result.latency.p99 > 500 ? 1 : 0);
