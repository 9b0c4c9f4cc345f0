#!/usr/bin/env bash
# One assessment for GitHub Actions: reports into a folder, annotations, the summary of the job, outputs of the step.
set -uo pipefail

formats="json,$FORMATS"
if [ "$ANNOTATIONS" = true ]; then formats="$formats,github"; fi
if [ "$SUMMARY" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then formats="$formats,github-summary"; fi

node "$ACTION_PATH/dist/cli/main.js" assess "$ASSESS_PATH" \
  --format "$formats" --output-dir "$OUTPUT_DIR" --fail-on "$FAIL_ON"
code=$?
# 2: it could not run, and nothing was written.
if [ "$code" -eq 2 ]; then exit 2; fi

if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$OUTPUT_DIR/seaworthy.summary.md" ]; then
  cat "$OUTPUT_DIR/seaworthy.summary.md" >> "$GITHUB_STEP_SUMMARY"
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  REPORT="$OUTPUT_DIR/seaworthy.json" node -e '
    const { readiness, score } = JSON.parse(require("node:fs").readFileSync(process.env.REPORT, "utf8"));
    console.log(`readiness=${readiness}\nscore=${score.overall}`);
  ' >> "$GITHUB_OUTPUT"
  if [ -f "$OUTPUT_DIR/seaworthy.sarif" ]; then echo "sarif=$OUTPUT_DIR/seaworthy.sarif" >> "$GITHUB_OUTPUT"; fi
fi
exit "$code"
