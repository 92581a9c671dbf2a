#!/usr/bin/env bash
# Restore into an empty database and media folder. Usage: deploy/restore.sh BACKUP_FOLDER
set -euo pipefail
source=${1:?backup folder}
(cd "$source" && sha256sum --check --quiet manifest.sha256)
pg_restore --exit-on-error --no-owner --dbname="$DATABASE_URL" "$source/database.dump"
mkdir -p "${SANWEI_MEDIA_DIR:?}"
tar --extract --file="$source/media.tar" --directory="$SANWEI_MEDIA_DIR"
python manage.py verify_audit
python manage.py clearsessions
