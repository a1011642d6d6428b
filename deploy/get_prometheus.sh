#!/bin/sh
# Unpack Debian's Prometheus (with promtool) into a folder: sh deploy/get_prometheus.sh FOLDER
# Nothing is installed and no service starts. What cannot be had is said; the tests then skip, or fail under CI=true.
set -eu
target=$1
if [ -x "$target/usr/bin/promtool" ] || command -v promtool >/dev/null 2>&1; then
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "No apt-get to fetch Prometheus with: install prometheus and promtool, or the tests of deploy/ skip." >&2
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# A machine whose package lists are missing or old gets new ones, where this user may fetch them.
if ! apt-get download prometheus >log 2>&1 && ! { apt-get update && apt-get download prometheus; } >>log 2>&1; then
  cat log >&2
  echo "Prometheus could not be fetched: install prometheus and promtool, or the tests of deploy/ skip." >&2
  exit 0
fi
cd "$OLDPWD"
mkdir -p "$target"
dpkg -x "$folder"/prometheus_*.deb "$target"
