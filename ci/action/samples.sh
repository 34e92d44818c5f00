#!/usr/bin/env bash
# Runs a benchmark of another harness once and prints its samples as the CSV that `ab` takes from a command.
#   ci/action/samples.sh FROM COMMAND      FROM: csv (COMMAND prints it), google-benchmark, bdn or llama-bench (COMMAND writes its JSON to the file $SAMPLES)
# BITNET_PERF is the program (bitnet-perf).
set -euo pipefail
from=$1 command=$2
read -r -a program <<<"${BITNET_PERF:-bitnet-perf}"
if [ "$from" = csv ]; then
    exec bash -c "$command"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SAMPLES=$work/samples.json
# What it prints itself is for the log: stdout belongs to the samples.
bash -c "$command" >&2
if [ ! -s "$SAMPLES" ]; then
    echo "$command: left nothing in the file \$SAMPLES ($SAMPLES); expected the JSON of $from" >&2
    exit 65
fi
"${program[@]}" receipt import --from "$from" "$SAMPLES" --host-key one-launch --out "$work/receipt.json" >&2
"${program[@]}" report "$work/receipt.json" --format csv
