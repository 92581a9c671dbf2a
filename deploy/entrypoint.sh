#!/usr/bin/env bash
# What one container does: prepare (once, before the others), web, worker or beat.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${SANWEI_DATA_DIR:-/data}
case "${1:-web}" in
  prepare)
    python manage.py migrate --no-input
    python manage.py grant_web_role
    python manage.py collectstatic --no-input --verbosity 0
    ;;
  web)
    exec gunicorn sanwei.wsgi --bind "${SANWEI_BIND:-0.0.0.0:8000}" --worker-class gthread \
      --workers "${SANWEI_WEB_WORKERS:-2}" --threads "${SANWEI_WEB_THREADS:-8}" --timeout 60 --graceful-timeout 30 \
      --worker-tmp-dir /dev/shm --forwarded-allow-ips "${SANWEI_PROXY:-127.0.0.1}"
    ;;
  worker)
    exec celery -A sanwei worker --concurrency "${SANWEI_WORKERS:-2}" --loglevel WARNING --without-gossip --without-mingle
    ;;
  beat)
    exec celery -A sanwei beat --loglevel WARNING --pidfile= --schedule "$data/beat-schedule"
    ;;
  *)
    exec python manage.py "$@"
    ;;
esac
