# shellcheck shell=bash disable=SC2154
# Finding a JDK that is new enough.

readonly oldest_jdk=25

# The feature release of the JDK in a folder (25 for 25.0.1), or nothing if there is none.
jdk_release() {
  local home=$1 line version=
  [ -x "$home/bin/javac" ] || return 0
  if [ -r "$home/release" ]; then
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*) version=${line#*\"} ;; esac
    done <"$home/release"
  elif [ -f "$home/lib/modules" ]; then
    # A packager left the release file out; lib/modules tells a JDK from a bare stub in /usr/bin.
    version=$("$home/bin/javac" -version 2>&1)
    version=${version#javac }
  fi
  printf '%s\n' "${version%%[!0-9]*}"
}

usual_jdks() {
  local folder IFS=:
  if [ -n "${KEYWAY_JDK_FOLDERS:-}" ]; then
    for folder in $KEYWAY_JDK_FOLDERS; do printf '%s\n' "$folder"/*; done
    return
  fi
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  [ -z "${HOME:-}" ] || printf '%s\n' "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/*
}

# Sets java_home: JAVA_HOME, then the JDK on the PATH, then the oldest that will do among the usual folders,
# because the one nearest to the release we build with surprises least.
find_jdk() {
  local name home release best=0
  java_home=
  for name in javac java; do
    home=$(command -v "$name") && home=$(resolve "$home") && home=${home%/bin/*} || home=
    for home in "${JAVA_HOME:-}" "$home"; do
      release=$(jdk_release "$home")
      if [ "${release:-0}" -ge "$oldest_jdk" ]; then
        java_home=$home
        return
      fi
    done
  done
  while IFS= read -r home; do
    release=$(jdk_release "$home")
    if [ "${release:-0}" -ge "$oldest_jdk" ] && { [ "$best" -eq 0 ] || [ "$release" -lt "$best" ]; }; then
      best=$release
      java_home=$home
    fi
  done < <(usual_jdks)
  [ -n "$java_home" ] || die "no JDK $oldest_jdk or newer found: install one (Temurin $oldest_jdk, for example) or set JAVA_HOME to its folder"
}
