#!/usr/bin/env bash
# Takes the two receipts, and nothing else, out of the artifact that a run of gate.yml left. The artifact may be anybody's: names and sizes are checked first.
#   ci/github/fetch-receipts.sh RUN-ID FOLDER     needs gh with GH_TOKEN and GH_REPO
set -euo pipefail
run=$1 folder=$2
most=$((64 * 1024 * 1024))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
id=$(gh api "repos/{owner}/{repo}/actions/runs/$run/artifacts?name=gate" --jq '[.artifacts[] | select(.expired | not) | select(.size_in_bytes < '"$most"')][0].id // empty')
if [ -z "$id" ]; then
    echo "run $run left no artifact \"gate\" below $most bytes: nothing to comment on" >&2
    exit 65
fi
gh api "repos/{owner}/{repo}/actions/artifacts/$id/zip" >"$work/gate.zip"
"$(dirname "$0")/unpack.sh" "$work/gate.zip" "$folder" "$most"
