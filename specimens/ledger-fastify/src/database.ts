import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from './config.js';

// Amounts are bigint columns. pg hands them over as text, which is what the API says too: no number loses its last digits.
export type Database = pg.Pool;
export type Connection = pg.PoolClient;

export function openDatabase({ database }: Config, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: database.url,
    ssl: database.ssl,
    max: database.poolMax,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    statement_timeout: database.statementTimeout,
    query_timeout: database.statementTimeout + 1_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'ledger',
  });
  // An idle connection that breaks is taken out of the pool; without a listener it would end the process.
  pool.on('error', onError);
  return pool;
}

/** Waits for the database with growing pauses: at a roll-out it may come up after us. */
export async function waitForDatabase(pool: Database, attempts = 6): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await pool.query('SELECT 1');
      return;
    } catch (error) {
      if (attempt >= attempts) throw error;
      await pause(250 * 2 ** attempt);
    }
  }
}

/** Runs `work` in one transaction: all of it is kept, or nothing. */
export async function inTransaction<T>(pool: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN');
    const result = await work(connection);
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  } finally {
    connection.release();
  }
}
