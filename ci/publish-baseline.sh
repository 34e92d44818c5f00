#!/usr/bin/env bash
# Makes receipts the baseline of their host and suite, and writes the report that goes with them.
#   REASON='after the AVX-512 rewrite' ci/publish-baseline.sh RECEIPT…    receipts that are there, or folders of them
#   REASON='first baseline' ci/publish-baseline.sh                        measures first: several runs, since single ones say nothing of noise between runs
# Settings: BITNET_PERF_… and bitnet-perf.json (docs/configuration.md); unless they say otherwise the suite is gate, 5 runs with a pause of 30m.
# OUT is the folder of the runs and the report (artifacts/baseline/<UTC date and time>). BITNET_PERF is the program, with it the current folder is used; else this clone is.
# ALLOW_DIRTY=1, ACCEPT_LOSS=WHY and ACCEPT_RESULT=WHY stand for `baseline publish --allow-dirty --accept-loss WHY --accept-result WHY`.
# Exit codes are those of bitnet-perf: 0 published, 4 altered receipt, 5 wrong result, 64 usage, 65 bad input.
set -euo pipefail
here=$PWD
[ -n "${BITNET_PERF:-}" ] || cd "$(dirname "$0")/.."
read -r -a program <<<"${BITNET_PERF:-dotnet run -c Release --project cli --}"
out=${OUT:-artifacts/baseline/$(date -u +%Y-%m-%dT%H%M%SZ)}
if [ -z "${REASON:-}" ]; then
    echo "REASON is not set; expected why these figures are the ones to hold others against, in one line" >&2
    exit 64
fi
setting() { grep -qs "\"$1\"" bitnet-perf.json || export "$2=${!2:-$3}"; }
setting suite BITNET_PERF_SUITE gate
setting repeat BITNET_PERF_REPEAT 5
setting pause BITNET_PERF_PAUSE 30m

tell_and_run() {
    echo "${program[*]} $*" >&2
    "${program[@]}" "$@"
}

receipts=()
for receipt in "$@"; do
    case $receipt in /*) receipts+=("$receipt") ;; *) receipts+=("$here/$receipt") ;; esac
done
if [ ${#receipts[@]} -eq 0 ]; then
    tell_and_run run --baseline none --out "$out"
    receipts=("$out")
fi
tell_and_run report "${receipts[@]}" --baseline auto --out "$out/report.md"
tell_and_run report "${receipts[@]}" --baseline auto --template comment --out "$out/comment.md"
terms=(--reason "$REASON")
[ -z "${ALLOW_DIRTY:-}" ] || terms+=(--allow-dirty)
[ -z "${ACCEPT_LOSS:-}" ] || terms+=(--accept-loss "$ACCEPT_LOSS")
[ -z "${ACCEPT_RESULT:-}" ] || terms+=(--accept-result "$ACCEPT_RESULT")
tell_and_run baseline publish "${receipts[@]}" "${terms[@]}"
