# shellcheck shell=bash disable=SC2034,SC2154
# The Java machine's cache of loaded and linked classes (JEP 514), which takes most of the time off a start.
#
# It is made by a rehearsal after a build. Where it does not fit, for whatever reason, the program starts without it.

readonly cache="$root/app/target/keyway.aot"

# What tells one JDK from another; the Java machine itself refuses a cache of another one, too.
jdk_print() {
  printf '%s ' "$java_home"
  cat "$java_home/release" 2>/dev/null | cksum
}

train_cache() {
  local log="$root/target/training.log" since=$SECONDS title='  training for quick starts' made="$cache.$$"
  [ -z "${KEYWAY_SKIP_TRAINING:-}" ] && [ -f "$(jar_of app)" ] || return 0
  rm -f "$cache" "$cache.stamp"
  begin "$title"
  # It is made under a name of its own: whoever starts meanwhile, or trains too, finds a whole cache or none.
  if (
    trap 'rm -f "$made"*' EXIT
    # Options of the user's are not the ones that everybody starts with.
    unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
    # The cache is written at the exit.
    # shellcheck disable=SC2086
    "$java_home/bin/java" $java_flags "-XX:AOTCacheOutput=$made" -jar "$(jar_of app)" rehearse </dev/null >"$log" 2>&1 &&
      [ -s "$made" ] && mv -f "$made" "$cache"
  ); then
    jdk_print >"$cache.stamp"
    finish "$title" "$((SECONDS - since)) s"
  else
    finish "$title" "failed, which slows starts and nothing else; the output is in $log"
  fi
}

# Sets cache_options, to nothing unless there is a cache of these very jars and this JDK.
find_cache() {
  cache_options=()
  [ -f "$cache" ] && [ -f "$cache.stamp" ] && [ "$(cat "$cache.stamp")" = "$(jdk_print)" ] &&
    [ -z "$(find "$(jar_of app)" "$root/app/target/lib" -newer "$cache" 2>/dev/null)" ] || return 0
  # Should the Java machine refuse it all the same, it is to do so in silence.
  cache_options=("-XX:AOTCache=$cache" '-Xlog:aot*=off' '-Xlog:cds*=off')
}
