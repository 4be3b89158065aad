# shellcheck shell=bash disable=SC2154
# Building with Maven, and knowing when there is nothing to build.

# One build at a time in a tree; where there is no flock the second one runs into the first.
alone() {
  mkdir -p "$root/target"
  (
    if command -v flock >/dev/null && ! flock -n 9; then
      say 'waiting for another build or test run in this folder'
      flock 9
    fi
    "$@"
  ) 9>"$root/target/keyway.lock"
}

require_maven() {
  command -v mvn >/dev/null ||
    die 'Maven is missing: install it (Debian: apt-get install maven, macOS: brew install maven) or put mvn on the PATH'
}

# maven LOG VERB ARGUMENT...: Maven with progress lines and its whole output in LOG.
maven() {
  local log=$1 verb=$2
  shift 2
  (
    # Both options silence warnings that Maven's own libraries cause on a new JDK.
    export JAVA_HOME="$java_home" MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    unset MAVEN_PROJECTBASEDIR
    cd "$root" && mvn --batch-mode -Dstyle.color=never "$@" </dev/null 2>&1
  ) | tee "$log" | report "$verb"
  return "${PIPESTATUS[0]}"
}

# A checksum over all that goes into the program: content, not times, so that a change of branches and back costs nothing.
fingerprint() {
  (
    cd "$root" || exit 1
    set -- pom.xml
    for path in .mvn/* profiles openapi connect docs/problems */pom.xml */*/pom.xml; do
      case $path in conformance/* | client/*) continue ;; esac
      [ ! -e "$path" ] || set -- "$@" "${path%/pom.xml}"
    done
    find "$@" \( -name target -o -name node_modules -o -name dist -o -path '*/src/test' -o -path portal/e2e -o -name test-results \
      -o -name '*.test.ts*' -o -name '.?*' \) -prune -o -type f -exec cksum {} + | LC_ALL=C sort | cksum
  )
}

jar_of() {
  case $1 in
    app) printf '%s\n' "$root/app/target/keyway.jar" ;;
    bench) printf '%s\n' "$root/bench/target/keyway-bench.jar" ;;
  esac
}

# True when module $1 was built from the sources with fingerprint $2 and nobody else has built since.
is_fresh() {
  local stamp="$root/$1/target/keyway.stamp" jar
  jar=$(jar_of "$1")
  [ -f "$jar" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$2" ] &&
    [ -z "$(find "$jar" "$root/$1/target/lib" -newer "$stamp" 2>/dev/null)" ]
}

# remember FINGERPRINT MODULE...
remember() {
  local print=$1 module
  shift
  for module in "$@"; do
    [ ! -f "$(jar_of "$module")" ] || printf '%s\n' "$print" >"$root/$module/target/keyway.stamp"
  done
}

# A program that still runs keeps the jars it has open; written over in place they would break under it.
unlink_jars() {
  rm -f "$root"/app/target/keyway.jar "$root"/app/target/lib/keyway-*.jar \
    "$root"/bench/target/keyway-bench.jar "$root"/bench/target/lib/keyway-*.jar \
    "$root"/bench/inside/target/keyway-bench-inside.jar "$root"/bench/inside/target/lib/keyway-*.jar
}

build() {
  local module=$1 modules=app log="$root/target/build.log" print
  [ "$module" = app ] || modules=app,$module,$module/inside
  print=$(fingerprint)
  # Someone else may have built it while we waited.
  ! is_fresh "$module" "$print" || return 0
  require_maven
  require_node
  unlink_jars
  # Formatting is checked by the tests; it must not keep anybody from trying a change.
  if ! maven "$log" building package -pl "$modules" -am -DskipTests -Dspotless.check.skip=true; then
    show_errors "$log"
    die "the build failed; all of Maven's output is in $log"
  fi
  # shellcheck disable=SC2086
  remember "$print" ${modules//,/ }
  train_cache
}

ensure_built() {
  if [ -n "${KEYWAY_SKIP_BUILD:-}" ]; then
    [ -f "$(jar_of "$1")" ] || die "nothing is built and KEYWAY_SKIP_BUILD is set"
  elif ! is_fresh "$1" "$(fingerprint)"; then
    alone build "$1" || exit 1
  fi
}
