import type { Connection, Database } from '../database.js';
import type { Account, NewAccount } from '../http/schemas.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly currency: string;
  readonly created_at: Date;
}

const accountOf = (row: Row): Account => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  currency: row.currency,
  createdAt: row.created_at.toISOString(),
});

const COLUMNS = 'id, name, kind, currency, created_at';

export async function createAccount(connection: Connection, owner: string, account: NewAccount): Promise<Account> {
  const { rows } = await connection.query<Row>(
    `INSERT INTO accounts (owner, name, kind, currency) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    [owner, account.name, account.kind, account.currency],
  );
  const [row] = rows;
  if (!row) throw new Error('INSERT gave no row');
  return accountOf(row);
}

/** The accounts of one owner in the order of their ids, after `after`. */
export async function listAccounts(
  database: Database,
  owner: string,
  limit: number,
  after: string | undefined,
): Promise<Account[]> {
  const { rows } = await database.query<Row>(
    `SELECT ${COLUMNS} FROM accounts
      WHERE owner = $1 AND ($2::uuid IS NULL OR id > $2)
      ORDER BY id LIMIT $3`,
    [owner, after ?? null, limit],
  );
  return rows.map(accountOf);
}

/** An account with its balance; somebody else's is not there. */
export async function findAccount(
  database: Database,
  owner: string,
  id: string,
): Promise<(Account & { balance: string }) | undefined> {
  const { rows } = await database.query<Row & { balance: string }>(
    `SELECT a.id, a.name, a.kind, a.currency, a.created_at,
            coalesce(sum(CASE e.direction WHEN 'debit' THEN e.amount ELSE -e.amount END), 0)::text AS balance
       FROM accounts a LEFT JOIN entries e ON e.account_id = a.id
      WHERE a.owner = $1 AND a.id = $2
      GROUP BY a.id`,
    [owner, id],
  );
  const [row] = rows;
  return row && { ...accountOf(row), balance: row.balance };
}

export interface StatementLine {
  readonly id: string;
  readonly transactionId: string;
  readonly direction: 'debit' | 'credit';
  readonly amount: string;
  readonly postedAt: string;
}

export async function listEntries(
  database: Database,
  accountId: string,
  limit: number,
  after: string | undefined,
): Promise<StatementLine[]> {
  const { rows } = await database.query<{
    id: string;
    transaction_id: string;
    direction: 'debit' | 'credit';
    amount: string;
    posted_at: Date;
  }>(
    `SELECT e.id, e.transaction_id, e.direction, e.amount, t.posted_at
       FROM entries e JOIN transactions t ON t.id = e.transaction_id
      WHERE e.account_id = $1 AND ($2::uuid IS NULL OR e.id > $2)
      ORDER BY e.id LIMIT $3`,
    [accountId, after ?? null, limit],
  );
  return rows.map(row => ({
    id: row.id,
    transactionId: row.transaction_id,
    direction: row.direction,
    amount: row.amount,
    postedAt: row.posted_at.toISOString(),
  }));
}
