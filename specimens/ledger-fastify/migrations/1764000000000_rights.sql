-- Up Migration
-- The service logs in as a member of this role: it reads and adds, it changes and deletes nothing.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ledger_app') THEN
    CREATE ROLE ledger_app NOLOGIN;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO ledger_app;
GRANT SELECT, INSERT ON accounts, transactions, entries TO ledger_app;
GRANT INSERT ON audit_events TO ledger_app;

-- Down Migration
REVOKE ALL ON accounts, transactions, entries, audit_events FROM ledger_app;
REVOKE USAGE ON SCHEMA public FROM ledger_app;
