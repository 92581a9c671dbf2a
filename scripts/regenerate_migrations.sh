#!/usr/bin/env bash
# Before release each app keeps one regenerated initial migration; hand-written ones (0002_* and after) stay as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
exec 9>"${TMPDIR:-/tmp}/sanwei-migrations.lock"
flock 9
export SANWEI_ENV=test DATABASE_URL=sqlite://:memory:
python=${PYTHON:-.venv/bin/python}
apps=(sanwei/core units assessments)
restore() {
  for app in "${apps[@]}"; do
    for kept in "$app"/migrations/*.py.kept; do [ -e "$kept" ] && mv "$kept" "${kept%.kept}"; done
  done
  return 0
}
trap restore EXIT
for app in "${apps[@]}"; do
  for written in "$app"/migrations/0*.py; do
    case "$written" in
      */*_initial.py) rm "$written" ;;
      *) [ -e "$written" ] && mv "$written" "$written.kept" ;;
    esac
  done
done
# one after another, as they stand on each other: together, Django says a table first and what it points at in a second file
for app in core units assessments; do
  "$python" manage.py makemigrations "$app" --verbosity 1 | grep -E '^(Migrations|No changes)' || true
done
"$python" -m scripts.fold_migrations
