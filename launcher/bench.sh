# shellcheck shell=bash disable=SC2154
# The benchmarks, and what they need beside what they install themselves.

bench_command() {
  # One of the peers runs on Node.
  if [ "${1-}" = peers ]; then require_node; fi
  # A bar is drawn where somebody looks at it.
  if [ -t 2 ]; then export KEYWAY_BENCH_TERMINAL=yes; fi
  run bench "$@"
}
