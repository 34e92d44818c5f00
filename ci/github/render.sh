#!/usr/bin/env bash
# Renders the comment from two receipts with this checkout's program, which verifies them first, and adds where the rest lies.
#   ci/github/render.sh FOLDER COMMENT RUN-URL     FOLDER holds base/receipt.json and head/receipt.json
set -euo pipefail
folder=$1 comment=$2 url=$3
read -r -a program <<<"${BITNET_PERF:-dotnet run -c Release --project cli --}"
status=0
"${program[@]}" report "$folder/head/receipt.json" --baseline "$folder/base/receipt.json" --template comment --out "$comment" >&2 || status=$?
if [ "$status" -ne 0 ]; then
    printf '### ≠ The receipts of this run were refused (exit code %s)\n\nNothing of them is shown.\n\n<!-- bitnet-perf:refused -->\n' "$status" >"$comment"
fi
printf '\n[Report, receipts, samples](%s)\n' "$url" >>"$comment"
