#!/usr/bin/env bash
# Nightly job: measures, leaves receipt and report, and fails on a regression.
#   ci/nightly.sh                     a machine that stays the same: against the stored baseline of this host
#   BASE_REF=REV ci/nightly.sh        any other (hosted runners): HEAD against REV, both built here and measured in turn
# Settings: BITNET_PERF_… and bitnet-perf.json (docs/configuration.md); the suite is gate unless they say otherwise.
# OUT is the folder of the results (artifacts/nightly/<UTC date and time>). BITNET_PERF is the program, with it the current folder is used; else this clone is.
# Exit codes are those of bitnet-perf: 0 passed, 1 regressed, 2 undecided, 3 incomparable or no baseline, 4 altered receipt, 5 wrong result.
set -euo pipefail
[ -n "${BITNET_PERF:-}" ] || cd "$(dirname "$0")/.."
read -r -a program <<<"${BITNET_PERF:-dotnet run -c Release --project cli --}"
out=${OUT:-artifacts/nightly/$(date -u +%Y-%m-%dT%H%M%SZ)}
grep -qs '"suite"' bitnet-perf.json || export BITNET_PERF_SUITE=${BITNET_PERF_SUITE:-gate}

if [ -n "${BASE_REF:-}" ]; then
    job=(ab --base-ref "$BASE_REF" --head-ref "${HEAD_REF:-HEAD}" --out "$out")
else
    job=(run --baseline "${BITNET_PERF_BASELINE:-auto}" --fail-on regressed --out "$out")
fi
echo "${program[*]} ${job[*]}   # suite ${BITNET_PERF_SUITE:-of bitnet-perf.json}" >&2
exec "${program[@]}" "${job[@]}"
