package dev.keyway.conformance.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which requests were admitted, and between which instants: when a client sent it, and when it had
 * the answer. Somewhere in between a node decided.
 */
final class Admissions {
  private final Queue<Admission> all = new ConcurrentLinkedQueue<>();

  private record Admission(long sentNanos, long answeredNanos) {}

  void add(long sentNanos, long answeredNanos) {
    all.add(new Admission(sentNanos, answeredNanos));
  }

  int size() {
    return all.size();
  }

  /** How many were sent after an instant. */
  long since(long nanos) {
    return all.stream().filter(each -> each.sentNanos() - nanos >= 0).count();
  }

  /**
   * How many the fullest window surely holds, wherever it begins: those that were both sent and
   * answered in it. It begins with one of them, or holds no more than one that does.
   */
  int fullest(Duration window) {
    List<Admission> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingLong(Admission::sentNanos));
    int most = 0;
    for (int i = 0; i < sorted.size(); i++) {
      long end = sorted.get(i).sentNanos() + window.toNanos();
      int held = 0;
      for (int j = i; j < sorted.size() && sorted.get(j).sentNanos() < end; j++) {
        held += sorted.get(j).answeredNanos() < end ? 1 : 0;
      }
      most = Math.max(most, held);
    }
    return most;
  }
}
