#!/usr/bin/env bash
# The virtual environment with the locked packages. Uses uv when it is there, else venv and pip.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Sanwei needs Python 3.11 or newer (found: $("$python" --version 2>&1 || echo none)). Install it, or name it: make PYTHON=python3.12 run" >&2
  exit 1
fi

if [ ! -x .venv/bin/python ]; then
  echo "› virtual environment"
  if ! "$python" -m venv .venv 2>/dev/null; then
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
      "$python" -m venv .venv
    else
      echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv" >&2
      exit 1
    fi
  fi
fi

echo "› locked packages"
if command -v uv >/dev/null; then
  install="uv pip install -q --python .venv/bin/python"
else
  install=".venv/bin/python -m pip install -q --disable-pip-version-check"
fi
said=$(mktemp)
trap 'rm -f "$said"' EXIT
if ! $install --require-hashes -r requirements.txt -r requirements-dev.txt 2>"$said"; then
  grep -i error "$said" | tail -n 3 >&2 || tail -n 3 "$said" >&2
  echo "The packages could not be fetched. Sanwei needs the network once, for its first start: look at the connection and" >&2
  echo "run make again. Behind a proxy: HTTPS_PROXY=http://proxy:3128 make run; with a mirror: PIP_INDEX_URL=https://mirror/simple make run" >&2
  exit 1
fi
