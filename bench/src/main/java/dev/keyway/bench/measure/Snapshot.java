package dev.keyway.bench.measure;

import java.time.Duration;
import java.util.List;

/** CPU time used until one moment; two of them tell what was used between. */
public final class Snapshot {
  private final ProcessTree processes;
  private final MachineStat machine;
  private final long atNanos;
  private final long ticksPerSecond;

  Snapshot(ProcessTree processes, MachineStat machine, long atNanos, long ticksPerSecond) {
    this.processes = processes;
    this.machine = machine;
    this.atNanos = atNanos;
    this.ticksPerSecond = ticksPerSecond;
  }

  /** User and system time of a process and its children since an earlier moment. */
  public Duration usedBy(long pid, Snapshot earlier) {
    return time(processes.ticks(pid) - earlier.processes.ticks(pid));
  }

  /** A process and its living descendants. */
  public List<Long> family(long pid) {
    return processes.family(pid);
  }

  /** User and system time of a process and its children since it was started. */
  public Duration usedSinceItsStart(long pid) {
    return time(processes.ticks(pid));
  }

  /** User and system time of a process alone since an earlier moment. */
  public Duration usedAloneBy(long pid, Snapshot earlier) {
    return time(processes.ownTicks(pid) - earlier.processes.ownTicks(pid));
  }

  /** Time of the processes that {@code pid} started and that ended since an earlier moment. */
  public Duration reapedBy(long pid, Snapshot earlier) {
    return time(processes.reapedTicks(pid) - earlier.processes.reapedTicks(pid));
  }

  /** Time of the whole machine, interrupts included, since an earlier moment. */
  public Duration usedByAll(Snapshot earlier) {
    return time(machine.busyTicks() - earlier.machine.busyTicks());
  }

  /** Time that the machine's host gave to others since an earlier moment. */
  public Duration stolen(Snapshot earlier) {
    return time(machine.stolenTicks() - earlier.machine.stolenTicks());
  }

  /** Wall time since an earlier moment. */
  public Duration elapsed(Snapshot earlier) {
    return Duration.ofNanos(atNanos - earlier.atNanos);
  }

  private Duration time(long ticks) {
    return Duration.ofNanos(ticks * (1_000_000_000L / ticksPerSecond));
  }
}
