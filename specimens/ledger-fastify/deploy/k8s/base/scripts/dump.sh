#!/bin/sh
# First half of the nightly backup, in the image of PostgreSQL: a dump, looked through, with its checksum.
set -eu
name="ledger-$(date -u +%Y%m%dT%H%M%SZ).dump"
cd /backup
pg_dump --format=custom --no-owner --dbname="$DATABASE_URL" --file="$name"
pg_restore --list "$name" > /dev/null
sha256sum "$name" > "$name.sha256"
ls -l
