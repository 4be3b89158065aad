# shellcheck shell=bash disable=SC2154
# Progress, read off Maven's output.

# A line stays open until its result is known: "keyway: building core …" and then " 3 s".
open_line=

break_line() {
  [ -z "$open_line" ] || printf '\n' >&2
  open_line=
}

begin() {
  break_line
  printf 'keyway: %s …' "$1" >&2
  open_line=$1
}

finish() {
  [ "$open_line" = "$1" ] || begin "$1"
  printf ' %s\n' "$2" >&2
  open_line=
}

readonly module_line='^\[INFO\] Building (Keyway )?(.*) [^ ]+ +\[[0-9]+/[0-9]+\]$'
readonly class_start='^\[INFO\] Running ([^ ]+)$'
readonly class_end='^\[[A-Z]+\] Tests run: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+), Skipped: ([0-9]+), Time elapsed: ([^ ]+ s).* in ([^ ]+)$'
readonly failed_test='<<< (FAILURE|ERROR)!$'

# Reads Maven's output; $1 is the verb of the module lines.
report() {
  local line module="" since=$SECONDS downloads=0 told=-5 trace=0 result
  while IFS= read -r line; do
    if [[ $line =~ $module_line ]]; then
      [ -z "$module" ] || finish "$1 $module" "$((SECONDS - since)) s"
      module=${BASH_REMATCH[2]} since=$SECONDS trace=0
      # The root has nothing of its own to build.
      if [ "$module" = Keyway ]; then module=; else begin "$1 $module"; fi
    elif [[ $line =~ $class_end ]]; then
      result="${BASH_REMATCH[1]} tests"
      [ "${BASH_REMATCH[4]}" -eq 0 ] || result="$result, ${BASH_REMATCH[4]} SKIPPED"
      [ "$((BASH_REMATCH[2] + BASH_REMATCH[3]))" -eq 0 ] || result="$result, $((BASH_REMATCH[2] + BASH_REMATCH[3])) FAILED"
      finish "  ${BASH_REMATCH[6]##*.}" "$result, ${BASH_REMATCH[5]}"
    elif [[ $line =~ $class_start ]]; then
      begin "  ${BASH_REMATCH[1]##*.}"
    elif [[ $line =~ $failed_test ]]; then
      break_line
      printf '    %s\n' "$line" >&2
      trace=12
    elif [ "$trace" -gt 0 ]; then
      if [[ $line == '[INFO]'* ]]; then
        trace=0
        continue
      fi
      printf '    %s\n' "$line" >&2
      trace=$((trace - 1))
    elif [[ $line == *'Downloaded from '* ]]; then
      downloads=$((downloads + 1))
      if [ "$((SECONDS - told))" -ge 5 ]; then
        break_line
        say "  downloading, file $downloads"
        told=$SECONDS
      fi
    fi
  done
  [ -z "$module" ] || finish "$1 $module" "$((SECONDS - since)) s"
}

# What went wrong, once each, without Maven's advice and what report has shown. Warnings count: javac runs with -Werror.
show_errors() {
  awk '
    /^\[WARNING\] .*\.java:\[/ || /^\[ERROR\] / {
      sub(/^\[[A-Z]+\] /, ""); sub(/ *-> \[Help [0-9]+\]$/, "")
      if ($0 ~ /<<< (FAILURE|ERROR)!|^Tests run: |^There are test failures/) next
      if ($0 ~ /^ *(\[Help|To see the full|Re-run Maven|For more information|After correcting|mvn <args>|\tat |$)/) next
      if (!seen[$0]++ && ++shown <= 60) print "  " $0
    }' "$1" >&2
}
