package dev.keyway.bench.measure;

/**
 * The whole machine in the operating system's accounting: the first line of {@code /proc/stat}.
 *
 * @param busyTicks time of all processes and of interrupts, summed over the cores
 * @param stolenTicks time that the machine's host gave to others
 */
record MachineStat(long busyTicks, long stolenTicks) {
  static MachineStat parse(String text) {
    String[] fields = text.lines().findFirst().orElse("").split(" +", -1);
    if (fields.length < 9 || !fields[0].equals("cpu")) {
      throw new IllegalArgumentException("not the first line of /proc/stat");
    }
    // user nice system idle iowait irq softirq steal
    long[] ticks = new long[9];
    for (int i = 1; i < 9; i++) {
      ticks[i] = Long.parseLong(fields[i]);
    }
    return new MachineStat(ticks[1] + ticks[2] + ticks[3] + ticks[6] + ticks[7], ticks[8]);
  }
}
