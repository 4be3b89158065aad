# shellcheck shell=bash disable=SC2154
# Node for the portal, which is built and tested with it; nothing of it is needed to run.

readonly oldest_node=20.19

# True when version $1, as in v20.19.2, is no older than release $2, as in 20.19.
is_release() {
  local version=${1#v} wanted=$2 major minor rest
  major=${version%%.*} rest=${version#*.} minor=${rest%%.*}
  case $major$minor in '' | *[!0-9]*) return 1 ;; esac
  [ "$major" -gt "${wanted%.*}" ] || { [ "$major" -eq "${wanted%.*}" ] && [ "$minor" -ge "${wanted#*.}" ]; }
}

require_node() {
  local how="install Node $oldest_node or newer with npm (Debian: apt-get install nodejs npm, macOS: brew install node)" version
  [ -f "$root/portal/package.json" ] || return 0
  { command -v node && command -v npm; } >/dev/null || die "Node or npm is missing: $how"
  version=$(node --version 2>/dev/null)
  is_release "$version" "$oldest_node" || die "Node ${version:-of an unknown version} is too old: $how"
}

# The browser of the tests, by its path; nothing when there is none.
find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    if command -v "$name"; then return; fi
  done
  return 1
}
