#!/bin/sh
# Run once by the image of PostgreSQL on an empty volume: the service logs in as `ledger`, which owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$LEDGER_DB_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE ledger_app NOLOGIN;
CREATE ROLE ledger LOGIN PASSWORD :'password' IN ROLE ledger_app;
SQL
