# shellcheck shell=bash disable=SC2154
# Node for the portal, which is built and tested with it; nothing of it is needed to run.

readonly node_releases='20.19 or 22.13, or anything newer than 22'

# True for a version, as in v20.19.2, that the portal's tools run on: they leave the odd releases out.
is_node() {
  local version=${1#v} major minor rest
  major=${version%%.*} rest=${version#*.} minor=${rest%%.*}
  case $major$minor in '' | *[!0-9]*) return 1 ;; esac
  case $major in
    20) [ "$minor" -ge 19 ] ;;
    22) [ "$minor" -ge 13 ] ;;
    *) [ "$major" -gt 22 ] ;;
  esac
}

require_node() {
  local how="install Node $node_releases, with npm (macOS: brew install node; others: your packages, if new enough, or nodejs.org)" version
  [ -f "$root/portal/package.json" ] || return 0
  { command -v node && command -v npm; } >/dev/null || die "Node or npm is missing: $how"
  version=$(node --version 2>/dev/null)
  is_node "$version" || die "Node ${version:-of an unknown version} does not do: $how"
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
