#!/usr/bin/env bash
# Commits a baseline that was just published with its report, and opens a pull request whose text is the reason and the comparison with the last one.
#   ci/github/baseline-pull-request.sh FOLDER BRANCH     FOLDER holds report.md and comment.md; needs gh with GH_TOKEN, and REASON
set -euo pipefail
folder=$1 branch=$2
baseline=$(git status --porcelain --untracked-files=all -- baselines | sed -n 's/^...\(baselines\/[^/]*\/[^/]*\.json\)$/\1/p' | head -n 1)
if [ -z "$baseline" ]; then
    echo "no baseline was changed: nothing to propose" >&2
    exit 65
fi
name=${baseline#baselines/}
report=reports/${name%.json}
rm -rf "$report"
mkdir -p "$report"
cp -R "$folder/report.md" "$folder/report.files" "$report/"
git config user.name 'github-actions[bot]'
git config user.email '41898282+github-actions[bot]@users.noreply.github.com'
git switch -c "$branch"
git add baselines "$report"
git commit -q -m "Baseline ${name%.json}" -m "$REASON"
gh auth setup-git
git push -q origin "HEAD:$branch"
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
    printf '**Reason:** %s\n\nBaseline: %s · report: %s/report.md\n\n' "$REASON" "$baseline" "$report"
    cat "$folder/comment.md"
} >"$body"
gh pr create --title "Baseline ${name%.json}" --body-file "$body" --head "$branch"
