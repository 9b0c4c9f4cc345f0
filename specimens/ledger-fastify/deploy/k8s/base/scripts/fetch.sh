#!/bin/sh
# First half of the weekly restore test: the latest backup, as it lies in the bucket.
set -eu
cd /backup
latest=$(aws s3 ls "s3://$BACKUP_BUCKET/daily/" | awk '{ print $4 }' | grep '\.dump$' | sort | tail -n 1)
aws s3 cp "s3://$BACKUP_BUCKET/daily/$latest" "$latest"
aws s3 cp "s3://$BACKUP_BUCKET/daily/$latest.sha256" "$latest.sha256"
