#!/usr/bin/env bash
# Takes base/receipt.json and head/receipt.json out of an archive that may be anybody's: no other name is looked at, and neither may be larger than told.
#   ci/github/unpack.sh ARCHIVE FOLDER BYTES
set -euo pipefail
archive=$1 folder=$2 most=$3
for side in base head; do
    mkdir -p "$folder/$side"
    # One byte more than allowed tells that it is too large, whatever the archive says of itself.
    unzip -p "$archive" "$side/receipt.json" 2>/dev/null | head -c $((most + 1)) >"$folder/$side/receipt.json" || true
    size=$(stat -c %s "$folder/$side/receipt.json")
    if [ "$size" -eq 0 ] || [ "$size" -gt "$most" ]; then
        echo "$archive: $side/receipt.json holds $size bytes; expected 1 to $most" >&2
        exit 65
    fi
done
