package dev.keyway.app.assembly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that does chores again and again, each after its own interval. */
final class Schedule implements AutoCloseable {
  /** Longer than a change of rights may take to be confirmed. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final ScheduledThreadPoolExecutor thread;
  private final List<Chore> chores = new ArrayList<>();

  Schedule(String name) {
    thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory());
  }

  /** Does something for the first time after an interval, and from then on. */
  Chore every(Duration interval, String name, Runnable work) {
    var chore = new Chore(name, work);
    chores.add(chore);
    var _ =
        thread.scheduleWithFixedDelay(
            chore, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return chore;
  }

  List<Chore> chores() {
    return List.copyOf(chores);
  }

  /**
   * Begins no chore any more and lets the one under way end: it may hold what it has taken out of
   * memory and not written down yet. One that is stuck is left behind.
   */
  @Override
  public void close() {
    thread.shutdown();
    try {
      var _ = thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
