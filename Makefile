# Sanwei. Two commands: `make run` and `make test`. Everything else is for those who build it: `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help run test bench chaos lint audit fmt lock migrations setup clean-data

help:                    ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1\t/' | expand -t 20

run: $(STAMP)            ## start the demo city on http://127.0.0.1:8000
	@$(BIN)/python scripts/serve.py

test: $(STAMP)           ## everything: on PostgreSQL and Redis, again on SQLite, journeys in Chromium
	@bash scripts/system_packages.sh
	@$(BIN)/python scripts/run_tests.py

bench: $(STAMP)          ## what pages cost beside a bare Django; figures to var/bench/latest.json
	@bash scripts/system_packages.sh
	@$(BIN)/python -m scripts.bench

chaos: $(STAMP)          ## the last hour of February while everything is killed; CHAOS="--seed 7 storm" or CHAOS=F7 for one
	@bash scripts/system_packages.sh faketime
	@$(BIN)/python -m scripts.chaos $(CHAOS)

lint: $(STAMP)           ## linters and checks of the house
	@bash scripts/lint.sh

audit: $(STAMP)         ## every locked package reviewed, and none with a known hole (needs pip-audit and its source)
	@$(BIN)/python -m scripts.dependencies advisories

fmt: $(STAMP)
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock:                    ## write the lock files from requirements*.in (needs uv)
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 -q requirements.in -o requirements.txt
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 -q requirements-dev.in -o requirements-dev.txt

migrations: $(STAMP)     ## regenerate each app's initial migration
	@scripts/regenerate_migrations.sh

setup: $(STAMP)

$(STAMP): requirements.txt requirements-dev.txt scripts/setup.sh
	@PYTHON="$(PYTHON)" bash scripts/setup.sh
	@touch $(STAMP)

clean-data:              ## forget the demo city
	rm -rf var
