#!/usr/bin/env bash
# Linters and checks that need no running service, all at once; each is told in its turn.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export SANWEI_ENV=test DATABASE_URL=sqlite://:memory:
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT

ruff() { $bin/ruff check . && $bin/ruff format --check .; }
floors() { $bin/lint-imports; }
templates() { $bin/djlint --lint --quiet templates; }
migrations() { $bin/python manage.py makemigrations --check --dry-run; }
production() {
  env SANWEI_ENV=production SANWEI_SECRET_KEY="$(head -c 40 /dev/urandom | base64)" \
    SANWEI_AUDIT_KEY="$(head -c 40 /dev/urandom | base64)" SANWEI_HOSTS=example.gov.cn \
    DATABASE_URL=postgres://u@127.0.0.1/x SANWEI_BROKER_URL=redis://127.0.0.1/0 \
    $bin/python manage.py check --deploy --fail-level WARNING
}
dependencies() { $bin/python -m scripts.dependencies; }
compose() { $bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml; }
dockerfile() { $bin/hadolint Dockerfile; }
shell() { for file in scripts/*.sh deploy/*.sh .ci/run; do bash -n "$file" || return 1; done; }

steps=(ruff floors templates migrations production dependencies compose dockerfile shell)
declare -A running
for step in "${steps[@]}"; do
  "$step" >"$said/$step" 2>&1 &
  running[$step]=$!
done
failed=()
for step in "${steps[@]}"; do
  wait "${running[$step]}" || failed+=("$step")
  echo "› $step"
  cat "$said/$step"
done
[ ${#failed[@]} = 0 ] || { echo "lint: ${failed[*]} failed" >&2; exit 1; }
echo "lint: all good"
