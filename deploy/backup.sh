#!/usr/bin/env bash
# A backup: papers first named, then the database, then the papers it speaks of. Usage: deploy/backup.sh FOLDER
set -euo pipefail
target=${1:?folder}/$(date +%Y%m%dT%H%M%S)
mkdir -p "$target"
pg_dump --format=custom --file="$target/database.dump" "$DATABASE_URL"
tar --create --file="$target/media.tar" --exclude=./exports --directory="${SANWEI_MEDIA_DIR:?}" .
(cd "$target" && sha256sum database.dump media.tar >manifest.sha256)
echo "$target"
