# shellcheck shell=bash disable=SC2154
# All tests, what they need, and their total.

# What `./keyway test` needs: a command, its Debian package, and the path whose presence makes it needed.
readonly test_needs='
mvn   maven   pom.xml
node  nodejs  conformance/node
npm   npm     conformance/node
node  nodejs  clients/typescript
npm   npm     clients/typescript
node  nodejs  portal/package.json
npm   npm     portal/package.json
nginx nginx   ops/proxies
caddy caddy   ops/proxies
haproxy haproxy ops/proxies
initdb postgresql store/src/main/java/dev/keyway/store/postgres
pgbouncer pgbouncer store/src/main/java/dev/keyway/store/postgres
redis-server redis-server store/src/main/java/dev/keyway/store/redis
faketime faketime conformance/src/test/java/dev/keyway/conformance/cluster
'

install_needs() {
  local command package reason folder missing="" log="$root/target/install.log"
  mkdir -p "$root/target"
  # Debian puts servers where only an administrator's shell looks.
  local PATH=$PATH:/usr/sbin:/usr/local/sbin
  # PostgreSQL's own programs, of one version or several, are on nobody's path.
  for folder in /usr/lib/postgresql/*/bin; do PATH=$PATH:$folder; done
  while read -r command package reason; do
    if [ -n "$command" ] && [ -e "$root/$reason" ] && ! command -v "$command" >/dev/null; then
      case "$missing " in *" $package "*) ;; *) missing="$missing $package" ;; esac
    fi
  done <<<"$test_needs"
  # A browser without a font draws boxes.
  if [ -e "$root/portal/package.json" ] && [ -z "${KEYWAY_CHROMIUM:-}" ] && ! find_chromium >/dev/null; then missing="$missing chromium fonts-liberation"; fi
  if [ -n "$missing" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
      die "the tests need packages that are missing:$missing (Debian: apt-get install$missing)"
    fi
    say "installing Debian packages:$missing"
    # shellcheck disable=SC2086
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } \
      </dev/null >"$log" 2>&1 || die "installing$missing failed; the output is in $log"
  fi
  install_node_packages "$root/conformance/node"
  install_node_packages "$root/clients/typescript"
}

install_node_packages() {
  local folder=$1 stamp="$1/node_modules/.keyway-stamp" lock log="$root/target/npm.log"
  [ -f "$folder/package-lock.json" ] || return 0
  lock=$(cksum <"$folder/package-lock.json")
  [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$lock" ] || return 0
  say "installing npm packages: npm ci in ${folder#"$root"/}"
  (cd "$folder" && npm ci --no-audit --no-fund </dev/null >"$log" 2>&1) || die "npm ci failed; its output is in $log"
  mkdir -p "$folder/node_modules"
  printf '%s\n' "$lock" >"$stamp"
}

reports() { find "$root" -name node_modules -prune -o -path '*/target/*-reports/TEST-*.xml' "$@"; }

# The lines that count a report's tests. Surefire's is one suite, and what follows its first line may be a test's
# output. Playwright's root counts for all of its suites; Vitest's does not tell what was skipped, so its suites do.
readonly counting_lines='
  FNR == 1 { counted = 0; several = 0 }
  counted { next }
  /<testsuites / && !/ skipped="/ { several = 1; next }
  /<testsuites? / { print; counted = !several }'

# Three numbers, passed, failed and skipped, added up over the report $1, or else over all there are.
count_tests() {
  if [ "$#" -gt 0 ]; then awk "$counting_lines" "$1"; else reports -exec awk "$counting_lines" {} +; fi | awk '
    function value(name) {
      return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0
    }
    {
      bad = value("failures") + value("errors"); good = value("tests") - bad - value("skipped")
      failed += bad; skipped += value("skipped"); passed += good > 0 ? good : 0
    }
    END { print passed + 0, failed + 0, skipped + 0 }'
}

# One line for each failed test of every report, with what it says first.
name_failures() {
  reports -exec awk '
    /<testcase / { name = "" }
    /<testcase / && match($0, / name="[^"]*"/) { name = substr($0, RSTART + 7, RLENGTH - 8) }
    /<testcase / && match($0, / classname="[^"]*"/) { name = substr($0, RSTART + 12, RLENGTH - 13) ": " name }
    /<(failure|error)[ >]/ && name != "" {
      what = match($0, / message="[^"]*/) ? substr($0, RSTART + 10, RLENGTH - 10) : "see its report"
      sub(/&#(10|xa|xA);.*/, "", what)
      print "  " name " - " substr(what, 1, 300)
      name = ""
    }' {} + | sed 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' >&2
}

# The TypeScript client: its types against the API, its own tests, and what the black-box suites load.
test_typescript() {
  local folder="$root/clients/typescript" log="$root/target/typescript.log" title='testing clients/typescript' since=$SECONDS
  [ -f "$folder/package.json" ] || return 0
  mkdir -p "$folder/target/node-reports"
  begin "$title"
  if (cd "$folder" && npm test </dev/null >"$log" 2>&1); then
    finish "$title" "$((SECONDS - since)) s"
    return
  fi
  finish "$title" "FAILED, $((SECONDS - since)) s"
  tail -n 60 "$log" | sed 's/^/    /' >&2
  [ -s "$folder/target/node-reports/TEST-typescript.xml" ]
}

run_tests() {
  local log="$root/target/test.log" print passed failed skipped broken=
  print=$(fingerprint)
  reports -exec rm -f {} +
  unlink_jars
  test_typescript || broken=yes
  # Failures are ignored by Maven and counted here, because Maven would leave out every module above a failed one.
  # The black-box suites start the launcher again: what was just packaged is what they are to run.
  KEYWAY_SKIP_BUILD=1 maven "$log" testing verify --fail-at-end -Dmaven.test.failure.ignore=true "$@" || broken=yes
  if [ -z "$broken" ]; then
    remember "$print" app bench
    # The suites start the jars by themselves, without a cache. These jars count as built now, so nobody would train later.
    train_cache
  fi
  read -r passed failed skipped < <(count_tests)
  # Maven goes on after a fork that crashed, too; only an error line tells.
  if [ "$failed" -eq 0 ] && grep -q '^\[ERROR\]' "$log"; then broken=yes; fi
  if [ "$((passed + failed))" -eq 0 ]; then
    say 'no test ran'
    broken=yes
  fi
  if [ "$failed" -gt 0 ] || [ -n "$broken" ]; then
    show_errors "$log"
    say "all of Maven's output is in $log"
  fi
  test_portal || broken=yes
  read -r passed failed skipped < <(count_tests)
  # Again at the end, where whoever sees only the end of the output looks for them.
  if [ "$failed" -gt 0 ]; then
    say 'these failed:'
    name_failures
  fi
  [ -z "$broken" ] || failed=$((failed + 1))
  [ "$skipped" -eq 0 ] && skipped= || skipped=", $skipped skipped"
  printf '%d passed, %d failed%s\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
}

test_command() {
  case "$#:${1-}" in
    0:) ;;
    1:--faults) set -- -Dkeyway.faults=true ;;
    *) die 'usage: ./keyway test [--faults]' ;;
  esac
  find_jdk
  install_needs
  require_maven
  require_node
  alone run_tests "$@" 2>&1
}
