# shellcheck shell=bash disable=SC2154
# The tests of the portal: types and style, Vitest, and a browser before the real program.

# A line of theirs that tells of a file or a test: it begins with a mark.
readonly marked_line='^ *(✓|✔|✘|×|✗|❯|ok|-) '

# Shows those lines; the rest is for the log.
relay() {
  local line
  while IFS= read -r line; do
    if [[ $line =~ $marked_line ]]; then
      break_line
      say "  $line"
    fi
  done
}

# portal_suite NAME REPORT WORD...: runs npm with these words. REPORT is the file, below portal/target, in which
# the suite counts its tests, or empty for one that has none. False when it ended badly and no count tells.
portal_suite() {
  local counts=${2:+$root/portal/target/$2} log="$root/target/portal-$1.log" title="testing portal: $1"
  local since=$SECONDS status failed=0
  shift 2
  begin "$title"
  (
    # JAVA_HOME and what is built are the browser's tests' to start the program with.
    export JAVA_HOME="$java_home" KEYWAY_SKIP_BUILD=1 NO_COLOR=1 CI=1 PLAYWRIGHT_JUNIT_OUTPUT_FILE="$counts"
    unset FORCE_COLOR
    KEYWAY_CHROMIUM=${KEYWAY_CHROMIUM:-$(find_chromium)} && export KEYWAY_CHROMIUM
    cd "$root/portal" && npm "$@" </dev/null 2>&1
  ) | tee "$log" | relay
  status=${PIPESTATUS[0]}
  if [ "$status" -eq 0 ] && { [ -z "$counts" ] || [ -s "$counts" ]; }; then
    finish "$title" "$((SECONDS - since)) s"
    return
  fi
  finish "$title" "FAILED, $((SECONDS - since)) s"
  tail -n 80 "$log" | sed 's/^/    /' >&2
  say "  all of its output is in $log"
  [ -z "$counts" ] || [ ! -s "$counts" ] || read -r _ failed _ < <(count_tests "$counts")
  [ "$failed" -gt 0 ]
}

# True unless a suite ended in a way that its count does not show.
test_portal() {
  local vitest=vitest-reports/TEST-vitest.xml browser=playwright-reports/TEST-playwright.xml sound=yes
  [ -f "$root/portal/package.json" ] || return 0
  portal_suite check '' run check || sound=
  portal_suite components "$vitest" test -- --reporter=default --reporter=junit "--outputFile.junit=target/$vitest" || sound=
  # The program is missing when it could not be built, and that is told already.
  if [ -f "$(jar_of app)" ]; then
    portal_suite browser "$browser" run e2e -- --reporter=list,junit || sound=
  fi
  [ -n "$sound" ]
}
