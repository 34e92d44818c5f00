#!/usr/bin/env bash
# Nightly job: measure a suite, keep receipt and report, and fail on a regression against this host's stored baseline.
# Settings from the environment: SUITE (gate), MODEL (the synthetic 2b model), OUT (artifacts/nightly/<UTC date>).
# Exit codes are those of bitnet-perf: 1 regressed, 2 undecided, 3 incomparable or no baseline, 4 altered receipt, 5 wrong result.
set -euo pipefail
cd "$(dirname "$0")/.."
suite=${SUITE:-gate}
out=${OUT:-artifacts/nightly/$(date -u +%Y-%m-%d)}
echo "bitnet-perf run --suite $suite --model ${MODEL:-synthetic:2b} --baseline auto --fail-on regressed --out $out" >&2
exec dotnet run -c Release --project cli -- run --suite "$suite" --model "${MODEL:-synthetic:2b}" --baseline auto --fail-on regressed --out "$out"
