#!/bin/sh
# Space to give back when a disk is full. A full disk of the write-ahead log stops PostgreSQL, which then cannot start
# again until something is deleted: let that be the ballast and not the log.
# Usage: deploy/ballast.sh put FOLDER [MEBIBYTES] | drop FOLDER
set -eu
ballast=${2:?folder}/ballast
case "${1:?put or drop}" in
  put)
    fallocate --length "${3:-1024}MiB" "$ballast"
    chmod 0600 "$ballast"
    ;;
  drop) rm "$ballast" ;;
  *) echo "put or drop?" >&2 && exit 2 ;;
esac
df -h "$2"
