package dev.keyway.bench.measure;

/**
 * One process in the operating system's accounting: a line of {@code /proc/PID/stat} (proc(5)).
 *
 * @param ownTicks user and system time of the process with all its threads
 * @param reapedTicks user and system time of its children that have ended and were waited for
 */
record ProcessStat(long pid, long parent, long ownTicks, long reapedTicks) {
  /** Fields after the name, which stands in parentheses and may itself hold blanks and ')'. */
  static ProcessStat parse(String line) {
    int nameEnd = line.lastIndexOf(')');
    int nameStart = line.indexOf('(');
    if (nameStart < 1 || nameEnd < nameStart) {
      throw new IllegalArgumentException("not a line of /proc/PID/stat");
    }
    String[] fields = line.substring(nameEnd + 1).strip().split(" ", -1);
    if (fields.length < 15) {
      throw new IllegalArgumentException("too few fields for /proc/PID/stat");
    }
    return new ProcessStat(
        Long.parseLong(line.substring(0, nameStart).strip()),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
        Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
  }
}
