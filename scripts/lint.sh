#!/usr/bin/env bash
# Linters and checks that need no running service.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export SANWEI_ENV=test DATABASE_URL=sqlite://:memory:
step() { echo "› $*"; }

step ruff;            $bin/ruff check . && $bin/ruff format --check .
step floors;          $bin/lint-imports
step templates;       $bin/djlint --lint --quiet templates
step migrations;      $bin/python manage.py makemigrations --check --dry-run >/dev/null
step production;      env SANWEI_ENV=production SANWEI_SECRET_KEY="$(head -c 40 /dev/urandom | base64)" \
                        SANWEI_AUDIT_KEY="$(head -c 40 /dev/urandom | base64)" SANWEI_HOSTS=example.gov.cn \
                        DATABASE_URL=postgres://u@127.0.0.1/x SANWEI_BROKER_URL=redis://127.0.0.1/0 \
                        $bin/python manage.py check --deploy --fail-level WARNING
step dependencies;    $bin/python -m scripts.dependencies
step compose;         $bin/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
step dockerfile;      $bin/hadolint Dockerfile
step shell;           for file in scripts/*.sh deploy/*.sh .ci/run; do bash -n "$file"; done
echo "lint: all good"
