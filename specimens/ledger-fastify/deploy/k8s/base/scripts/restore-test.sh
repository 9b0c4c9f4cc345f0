#!/bin/sh
# Second half: restored into a PostgreSQL of its own, and the books have to balance there.
set -eu
cd /backup
file=$(ls ledger-*.dump)
sha256sum -c "$file.sha256"
export PGDATA=/scratch/data PGHOST=/scratch
initdb --auth=trust > /dev/null
pg_ctl start --wait --options="-c listen_addresses='' -c unix_socket_directories=/scratch"
createdb ledger
pg_restore --exit-on-error --no-owner --no-privileges --dbname=ledger "$file"
rows=$(psql -At -d ledger -c 'SELECT count(*) FROM transactions')
off=$(psql -At -d ledger -c "SELECT count(*) FROM (SELECT e.transaction_id FROM entries e JOIN accounts a ON a.id = e.account_id
  GROUP BY e.transaction_id, a.currency HAVING sum(CASE e.direction WHEN 'debit' THEN e.amount ELSE -e.amount END) <> 0) t")
pg_ctl stop --mode=fast
echo "restored $file: $rows transactions, $off of them unbalanced"
[ "$rows" -gt 0 ] && [ "$off" -eq 0 ]
