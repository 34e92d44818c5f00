#!/usr/bin/env bash
# The one step of action.yml: publish the program, measure both commands in turn, write the results and the job's summary, fail as the comparison says.
# BASE, HEAD: command lines; FROM: what they leave (samples.sh); BITNET_PERF: a program that is there already; RESULTS: where results go.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
results=${RESULTS:-${RUNNER_TEMP:-artifacts}/bitnet-perf}
if [ -z "${BITNET_PERF:-}" ]; then
    dotnet publish "$here/../../cli" -c Release -o "${RUNNER_TEMP:-/tmp}/bitnet-perf-program" -v quiet >&2
    BITNET_PERF=${RUNNER_TEMP:-/tmp}/bitnet-perf-program/bitnet-perf
fi
export BITNET_PERF
read -r -a program <<<"$BITNET_PERF"
side() { printf '%q %q %q' "$here/samples.sh" "${FROM:-csv}" "$1"; }

status=0
"${program[@]}" ab --base-cmd "$(side "$BASE")" --head-cmd "$(side "$HEAD")" --out "$results" || status=$?
if [ -f "$results/head/receipt.json" ]; then
    "${program[@]}" report "$results/head/receipt.json" --baseline "$results/base/receipt.json" --template comment --out "$results/comment.md" >&2
    "${program[@]}" report "$results/head/receipt.json" --baseline "$results/base/receipt.json" --format junit --out "$results/junit.xml" >&2
    cat "$results/comment.md" >>"${GITHUB_STEP_SUMMARY:-/dev/stderr}"
fi
printf 'exit-code=%s\nresults=%s\n' "$status" "$results" >>"${GITHUB_OUTPUT:-/dev/stderr}"
exit "$status"
