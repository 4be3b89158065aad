package dev.keyway.core.lease.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** Virtual time in microseconds, what is to happen in it, and what has. */
final class Timeline {
  private static final int KEPT = 400;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Deque<String> trace = new ArrayDeque<>();
  private final boolean isTraced;
  private long now;
  private long added;

  /**
   * One that begins at 0.
   *
   * @param isTraced whether what happens is written down
   */
  Timeline(boolean isTraced) {
    this.isTraced = isTraced;
  }

  long now() {
    return now;
  }

  void after(long delay, Runnable what) {
    at(now + delay, what);
  }

  /** What is to happen at one time happens in the order in which that was said. */
  void at(long time, Runnable what) {
    events.add(new Event(Math.max(time, now), added++, what));
  }

  void runUntil(long end) {
    for (Event next = events.peek(); next != null && next.time <= end; next = events.peek()) {
      events.remove();
      now = next.time;
      next.what.run();
    }
    now = end;
  }

  /** Writes down what happens, if anybody will read it. */
  void say(Supplier<String> what) {
    if (isTraced) {
      if (trace.size() == KEPT) {
        trace.removeFirst();
      }
      trace.addLast(now + " " + what.get());
    }
  }

  /** The last of what has happened, a line each. */
  String trace() {
    return String.join("\n", trace);
  }

  private record Event(long time, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
    }
  }
}
