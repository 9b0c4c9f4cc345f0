#!/usr/bin/env bash
#
# Hourly backup of the trained models.
#
# Add to cron:
#   0 * * * * /app/scripts/backup_models.sh
#
set -euo pipefail

SOURCE_DIR="${SOURCE_DIR:-/app/checkpoints}"
BACKUP_DIR="${BACKUP_DIR:-/app/backups}"
RETENTION_DAYS="${RETENTION_DAYS:-7}"

log() {
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $*"
}

if [ ! -d "$SOURCE_DIR" ]; then
  log "nothing to back up in $SOURCE_DIR"
  exit 0
fi

mkdir -p "$BACKUP_DIR"

archive="$BACKUP_DIR/models_$(date -u +%Y%m%d_%H%M%S).tar.gz"
tar -czf "$archive" -C "$SOURCE_DIR" .
sha256sum "$archive" > "$archive.sha256"
sha256sum --check --quiet "$archive.sha256"
log "wrote $archive"

find "$BACKUP_DIR" -name 'models_*.tar.gz*' -mtime "+$RETENTION_DAYS" -delete
log "removed backups older than $RETENTION_DAYS days"
