-- Up Migration
CREATE TABLE accounts (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  owner text NOT NULL CHECK (length(owner) BETWEEN 1 AND 255),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  kind text NOT NULL CHECK (kind IN ('asset', 'liability', 'equity', 'income', 'expense')),
  currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX accounts_owner_id ON accounts (owner, id);

CREATE TABLE transactions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  owner text NOT NULL CHECK (length(owner) BETWEEN 1 AND 255),
  idempotency_key text NOT NULL CHECK (length(idempotency_key) <= 80),
  fingerprint char(64) NOT NULL,
  description text NOT NULL CHECK (length(description) BETWEEN 1 AND 200),
  reverses uuid UNIQUE REFERENCES transactions (id) ON DELETE RESTRICT,
  posted_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (owner, idempotency_key)
);
CREATE INDEX transactions_owner_id ON transactions (owner, id);

CREATE TABLE entries (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  transaction_id uuid NOT NULL REFERENCES transactions (id) ON DELETE RESTRICT,
  account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT,
  direction text NOT NULL CHECK (direction IN ('debit', 'credit')),
  amount bigint NOT NULL CHECK (amount > 0)
);
CREATE INDEX entries_transaction_id ON entries (transaction_id);
CREATE INDEX entries_account_id ON entries (account_id, id);

-- Down Migration
DROP TABLE entries;
DROP TABLE transactions;
DROP TABLE accounts;
