#!/usr/bin/env bash
# Before release each app keeps one regenerated initial migration; hand-written guards (0002_*) stay as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
exec 9>"${TMPDIR:-/tmp}/sanwei-migrations.lock"
flock 9
export SANWEI_ENV=test DATABASE_URL=sqlite://:memory:
python=${PYTHON:-.venv/bin/python}
for app in sanwei/core units assessments; do
  find "$app/migrations" -name '0001_initial*.py' -delete
  for guard in "$app"/migrations/0002_*.py; do [ -e "$guard" ] && mv "$guard" "$guard.kept"; done
done
"$python" manage.py makemigrations core units assessments --verbosity 1 | grep -E '^(Migrations|No changes)' || true
for app in sanwei/core units assessments; do
  for guard in "$app"/migrations/0002_*.py.kept; do [ -e "$guard" ] && mv "$guard" "${guard%.kept}"; done
done
