#!/usr/bin/env bash
# Restore into an empty database and media folder. Usage: deploy/restore.sh BACKUP
# Nothing of the portal may run meanwhile. Sending is on hold afterwards until a person runs `manage.py release_outbox`.
# Needs PostgreSQL's client programs, DATABASE_URL (the owner), SANWEI_MEDIA_DIR and the settings of the portal.
set -euo pipefail
source=$(cd "${1:?backup folder}" && pwd)
cd "$(dirname "$0")/.."
source deploy/connection.sh
refuse() { echo "restore: $*" >&2; exit 1; }
ask() { psql --no-psqlrc --tuples-only --no-align --command "$1" "$address"; }

(cd "$source" && sha256sum --check --quiet manifest.sha256)
[ "$(ask "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'")" = 0 ] || refuse "something is connected to the database: stop web, worker and beat"
[ "$(ask "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")" = 0 ] || refuse "the database is not empty"
mkdir -p "${SANWEI_MEDIA_DIR:?}"
[ -z "$(ls -A "$SANWEI_MEDIA_DIR")" ] || refuse "the folder of papers is not empty"

# From here on there are rows that would be sent again, and no hold yet.
trap 'echo "restore: not finished; start nothing before manage.py after_restore has run" >&2' ERR
pg_restore --single-transaction --no-owner --no-privileges --dbname="$address" "$source/database.dump"
python manage.py migrate --no-input --verbosity 0
python manage.py after_restore # before anything can send
trap - ERR
tar --extract --file="$source/media.tar" --directory="$SANWEI_MEDIA_DIR"
python manage.py verify_audit --anchor "$(cat "$source/audit_head")"
python manage.py verify_attachments
