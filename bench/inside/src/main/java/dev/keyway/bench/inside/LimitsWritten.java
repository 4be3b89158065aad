package dev.keyway.bench.inside;

import dev.keyway.core.limit.LimitEvents;
import dev.keyway.core.limit.RollingWindowLimiter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has admissions written down beside the decisions, as the program does. */
final class LimitsWritten implements LimitEvents, AutoCloseable {
  private static final long INTERVAL_MILLIS = 20;

  private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicBoolean isDue = new AtomicBoolean();

  void start(RollingWindowLimiter limiter) {
    var _ =
        writer.scheduleWithFixedDelay(
            () -> {
              if (isDue.getAndSet(false)) {
                limiter.writeDue();
              }
            },
            INTERVAL_MILLIS,
            INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void due() {
    if (!isDue.getPlain()) {
      isDue.set(true);
    }
  }

  @Override
  public void lastRunBrokeOff() {
    // What was counted in an earlier fork is of no matter.
  }

  @Override
  public void clockSet(Duration by) {
    // Durations are measured by the monotonic clock.
  }

  @Override
  public void close() {
    writer.close();
  }
}
