#!/usr/bin/env bash
# A backup: the head of the record, the database, then the papers it speaks of. Usage: deploy/backup.sh FOLDER
# Needs PostgreSQL's client programs, DATABASE_URL, SANWEI_MEDIA_DIR and the settings of the portal; may run at any time.
set -euo pipefail
umask 077
target=$(mkdir -p "${1:?folder}" && cd "$1" && pwd)/$(date +%Y%m%dT%H%M%S)
mkdir "$target"
cd "$(dirname "$0")/.."
source deploy/connection.sh
python manage.py audit_head >"$target/audit_head"
pg_dump --format=custom --file="$target/database.dump" "$address"
tar --create --file="$target/media.tar" --exclude=./exports --directory="${SANWEI_MEDIA_DIR:?}" .
(cd "$target" && sha256sum audit_head database.dump media.tar >manifest.sha256)
echo "$target"
