package dev.keyway.bench.measure;

import java.util.ArrayList;
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
    long ticks = 0;
    for (long pid : family(root)) {
      ProcessStat process = processes.get(pid);
      if (process != null) {
        ticks += process.ownTicks() + process.reapedTicks();
      }
    }
    return ticks;
  }

  /** A process and its living descendants. */
  List<Long> family(long root) {
    if (!processes.containsKey(root)) {
      throw new IllegalStateException("process " + root + " has ended");
    }
    var family = new ArrayList<>(List.of(root));
    for (int i = 0; i < family.size(); i++) {
      long parent = family.get(i);
      for (ProcessStat process : processes.values()) {
        if (process.parent() == parent) {
          family.add(process.pid());
        }
      }
    }
    return family;
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
