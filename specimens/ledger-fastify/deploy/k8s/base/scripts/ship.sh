#!/bin/sh
# Second half: to a bucket in another account and region, which keeps every object for 35 days and lets nobody delete it
# before. What is older goes; the ones of the first of a month stay for ten years under monthly/.
set -eu
cd /backup
for file in ledger-*.dump ledger-*.dump.sha256; do
  aws s3 cp "$file" "s3://$BACKUP_BUCKET/daily/$file"
  [ "$(date -u +%d)" != 01 ] || aws s3 cp "$file" "s3://$BACKUP_BUCKET/monthly/$file"
done
RETENTION_DAYS=35
oldest=$(date -u -d "-$RETENTION_DAYS days" +%Y%m%d)
aws s3 ls "s3://$BACKUP_BUCKET/daily/" | awk '{ print $4 }' | while read -r file; do
  day=$(echo "$file" | sed -E 's/^ledger-([0-9]{8})T.*/\1/')
  [ "$day" -ge "$oldest" ] || aws s3 rm "s3://$BACKUP_BUCKET/daily/$file"
done
