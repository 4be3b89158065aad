package dev.keyway.bench.measure;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All processes at one moment, with who started whom. */
final class ProcessTree {
  private final Map<Long, ProcessStat> processes = new HashMap<>();

  ProcessTree(List<ProcessStat> all) {
    all.forEach(process -> processes.put(process.pid(), process));
  }

  /** The time of a process, of its living descendants, and of those that they waited for. */
  long ticks(long root) {
    if (!processes.containsKey(root)) {
      throw new IllegalStateException("process " + root + " has ended");
    }
    long ticks = 0;
    var open = new ArrayDeque<Long>(List.of(root));
    while (!open.isEmpty()) {
      long pid = open.remove();
      ProcessStat process = processes.get(pid);
      if (process != null) {
        ticks += process.ownTicks() + process.reapedTicks();
      }
      for (ProcessStat other : processes.values()) {
        if (other.parent() == pid) {
          open.add(other.pid());
        }
      }
    }
    return ticks;
  }

  /** The time of one process alone, without what it started. */
  long ownTicks(long pid) {
    ProcessStat process = processes.get(pid);
    return process == null ? 0 : process.ownTicks();
  }

  /** The time of those that a process started, that have ended, and that it waited for. */
  long reapedTicks(long pid) {
    ProcessStat process = processes.get(pid);
    return process == null ? 0 : process.reapedTicks();
  }
}
