#!/usr/bin/env bash
# Renews the table in README.md from the published results, or checks that it is up to date.
#
#   scripts/readme.sh            rewrite the part between the BEGIN and END markers
#   scripts/readme.sh --check    exit with 1 and a diff when it would change
set -euo pipefail
cd "$(dirname "$0")/.."

fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
command=$(sed -n 's/^<!-- BEGIN \(.*\) -->$/\1/p' README.md)
# The command in the marker is what a reader would type; word splitting is meant.
# shellcheck disable=SC2086
table=$(swift run -q -c release $command | grep -v '^results/')
awk -v table="$table" '
  /^<!-- BEGIN / { print; print "```text"; print table; print "```"; skip = 1 }
  /^<!-- END -->/ { skip = 0 }
  !skip { print }
' README.md >"$fresh"

if [ "${1-}" = --check ]; then
  diff -u README.md "$fresh" && echo "README.md is up to date"
else
  cp "$fresh" README.md
fi
