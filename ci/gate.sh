#!/usr/bin/env bash
# Gate: did this change make anything slower?
#   BASE_REF=origin/main ci/gate.sh   two revisions (HEAD_REF is HEAD unless given; . is the working tree), built here and measured in turn: for changes
#   ci/gate.sh                        this build against several stored runs of this host: for a machine that stays the same
# Leaves receipts, report.md and, for a pull request and for CI, comment.md and junit.xml.
# Settings: BITNET_PERF_… and bitnet-perf.json (docs/configuration.md). OUT is the folder of the results (artifacts/gate/<UTC date and time>).
# BITNET_PERF is the program, with it the current folder is used; else this clone is.
# Exit codes are those of bitnet-perf: 0 passed, 1 regressed, 2 undecided, 3 incomparable or no baseline, 4 altered receipt, 5 wrong result.
set -euo pipefail
[ -n "${BITNET_PERF:-}" ] || cd "$(dirname "$0")/.."
read -r -a program <<<"${BITNET_PERF:-dotnet run -c Release --project cli --}"
out=${OUT:-artifacts/gate/$(date -u +%Y-%m-%dT%H%M%SZ)}

if [ -n "${BASE_REF:-}" ]; then
    job=(ab --base-ref "$BASE_REF" --head-ref "${HEAD_REF:-HEAD}" --out "$out")
    head=$out/head/receipt.json base=$out/base/receipt.json
else
    job=(gate --baseline "${BITNET_PERF_BASELINE:-auto}" --out "$out")
    head=$out/receipt.json base=${BITNET_PERF_BASELINE:-auto}
fi
echo "${program[*]} ${job[*]}" >&2
status=0
"${program[@]}" "${job[@]}" || status=$?

if [ -f "$head" ]; then
    "${program[@]}" report "$head" --baseline "$base" --template comment --out "$out/comment.md" >&2
    "${program[@]}" report "$head" --baseline "$base" --format junit --out "$out/junit.xml" >&2
fi
exit "$status"
