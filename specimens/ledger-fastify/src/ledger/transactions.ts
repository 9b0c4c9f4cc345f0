import { createHash } from 'node:crypto';
import type { Connection, Database } from '../database.js';
import type { NewEntry, NewTransaction, Transaction } from '../http/schemas.js';
import { Problem } from '../problem.js';

interface Row {
  readonly id: string;
  readonly description: string;
  readonly reverses: string | null;
  readonly posted_at: Date;
  readonly entries: NewEntry[];
}

const transactionOf = (row: Row): Transaction => ({
  id: row.id,
  description: row.description,
  reverses: row.reverses,
  postedAt: row.posted_at.toISOString(),
  entries: row.entries,
});

const SELECT = `
  SELECT t.id, t.description, t.reverses, t.posted_at,
         (SELECT json_agg(json_build_object('accountId', e.account_id, 'direction', e.direction,
                                            'amount', e.amount::text) ORDER BY e.id)
            FROM entries e WHERE e.transaction_id = t.id) AS entries
    FROM transactions t`;

export async function findTransaction(
  database: Database | Connection,
  owner: string,
  id: string,
): Promise<Transaction | undefined> {
  const { rows } = await database.query<Row>(`${SELECT} WHERE t.owner = $1 AND t.id = $2`, [owner, id]);
  return rows[0] && transactionOf(rows[0]);
}

export async function listTransactions(
  database: Database,
  owner: string,
  limit: number,
  after: string | undefined,
): Promise<Transaction[]> {
  const { rows } = await database.query<Row>(
    `${SELECT} WHERE t.owner = $1 AND ($2::uuid IS NULL OR t.id > $2) ORDER BY t.id LIMIT $3`,
    [owner, after ?? null, limit],
  );
  return rows.map(transactionOf);
}

/** Debits and credits of each currency are equal, and all accounts are the owner's. */
async function check(connection: Connection, owner: string, entries: readonly NewEntry[]): Promise<void> {
  const ids = [...new Set(entries.map(entry => entry.accountId))];
  const { rows } = await connection.query<{ id: string; currency: string }>(
    'SELECT id, currency FROM accounts WHERE owner = $1 AND id = ANY($2::uuid[])',
    [owner, ids],
  );
  if (rows.length !== ids.length) throw new Problem(422, 'unknown_account', 'An entry names an unknown account.');
  const currencies = new Map(rows.map(row => [row.id, row.currency]));
  const sums = new Map<string, bigint>();
  for (const { accountId, direction, amount } of entries) {
    const currency = currencies.get(accountId) ?? '';
    const signed = direction === 'debit' ? BigInt(amount) : -BigInt(amount);
    sums.set(currency, (sums.get(currency) ?? 0n) + signed);
  }
  if ([...sums.values()].some(sum => sum !== 0n))
    throw new Problem(422, 'unbalanced', 'Debits and credits are not equal.');
}

interface Posting extends NewTransaction {
  readonly reverses?: string;
}

/** Posts once for each idempotency key of an owner: the same request again gives the same transaction again. */
export async function postTransaction(
  connection: Connection,
  owner: string,
  key: string,
  posting: Posting,
): Promise<{ readonly transaction: Transaction; readonly created: boolean }> {
  const fingerprint = createHash('sha256').update(JSON.stringify(posting)).digest('hex');
  const inserted = await connection.query<{ id: string }>(
    `INSERT INTO transactions (owner, idempotency_key, fingerprint, description, reverses)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (owner, idempotency_key) DO NOTHING RETURNING id`,
    [owner, key, fingerprint, posting.description, posting.reverses ?? null],
  );
  const id = inserted.rows[0]?.id;
  if (id === undefined) return { transaction: await earlier(connection, owner, key, fingerprint), created: false };
  await check(connection, owner, posting.entries);
  await connection.query(
    `INSERT INTO entries (transaction_id, account_id, direction, amount)
     SELECT $1, account_id, direction, amount
       FROM unnest($2::uuid[], $3::text[], $4::bigint[]) AS e (account_id, direction, amount)`,
    [
      id,
      posting.entries.map(entry => entry.accountId),
      posting.entries.map(entry => entry.direction),
      posting.entries.map(entry => entry.amount),
    ],
  );
  const transaction = await findTransaction(connection, owner, id);
  if (!transaction) throw new Error('a transaction that was just posted is not there');
  return { transaction, created: true };
}

async function earlier(
  connection: Connection,
  owner: string,
  key: string,
  fingerprint: string,
): Promise<Transaction> {
  const { rows } = await connection.query<Row & { fingerprint: string }>(
    `SELECT known.fingerprint, found.* FROM transactions known
       JOIN LATERAL (${SELECT} WHERE t.id = known.id) found ON true
      WHERE known.owner = $1 AND known.idempotency_key = $2`,
    [owner, key],
  );
  const [row] = rows;
  if (row?.fingerprint !== fingerprint)
    throw new Problem(409, 'idempotency_conflict', 'This idempotency key belongs to another request.');
  return transactionOf(row);
}

export const reversed = (entries: readonly NewEntry[]): NewEntry[] =>
  entries.map(entry => ({ ...entry, direction: entry.direction === 'debit' ? 'credit' : 'debit' }));
