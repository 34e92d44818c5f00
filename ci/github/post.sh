#!/usr/bin/env bash
# Posts a comment below the pull request that a run of gate.yml was for, or puts it in place of the one that is there.
#   ci/github/post.sh COMMENT     needs gh with GH_TOKEN and GH_REPO, HEAD_LABEL (owner:branch) and HEAD_SHA of the run
set -euo pipefail
comment=$1
# Asked of GitHub, by what the run was for: nothing that the pull request's own code wrote decides where the comment goes.
number=$(gh api --method GET 'repos/{owner}/{repo}/pulls' -f state=open -f head="$HEAD_LABEL" -f per_page=100 --jq "[.[] | select(.head.sha == \"$HEAD_SHA\")][0].number // empty")
if [ -z "$number" ]; then
    echo "no open pull request of $HEAD_LABEL at $HEAD_SHA (closed, or pushed to meanwhile): nothing posted" >&2
    exit 0
fi
marker='<!-- bitnet-perf:'
old=$(gh api --paginate "repos/{owner}/{repo}/issues/$number/comments?per_page=100" --jq ".[] | select(.user.login == \"github-actions[bot]\" and (.body | contains(\"$marker\"))) | .id" | head -n 1)
if [ -n "$old" ]; then
    gh api --method PATCH "repos/{owner}/{repo}/issues/comments/$old" -F body=@"$comment" --jq .html_url
else
    gh api --method POST "repos/{owner}/{repo}/issues/$number/comments" -F body=@"$comment" --jq .html_url
fi
