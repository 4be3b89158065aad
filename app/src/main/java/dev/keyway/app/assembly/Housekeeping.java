package dev.keyway.app.assembly;

import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.limit.RollingWindowLimiter;
import dev.keyway.core.session.Session;
import dev.keyway.core.session.SessionStore;
import dev.keyway.core.usage.UsageRecorder;
import dev.keyway.core.usage.UsageStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What has to be done now and then: writing down use, and forgetting what has ended. */
final class Housekeeping implements AutoCloseable {
  /** How far behind a key's last use may be. */
  static final Duration FLUSH_INTERVAL = Duration.ofSeconds(5);

  private static final Duration IDEMPOTENCY_LIFE = Duration.ofHours(24);
  private static final Duration REFUSAL_LIFE = Duration.ofDays(30);

  private final ScheduledThreadPoolExecutor thread;
  private final List<Chore> chores = new ArrayList<>();
  private final Chore writeUsage;

  Housekeeping(
      UsageRecorder usage,
      RollingWindowLimiter limiter,
      SessionStore sessions,
      IdempotencyStore idempotency,
      UsageStore refusals,
      InstantSource clock) {
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("keyway-housekeeping").daemon().factory());
    this.writeUsage = every(FLUSH_INTERVAL, "write usage", usage::flush);
    var _ = every(Duration.ofMinutes(1), "drop idle limits", limiter::dropIdle);
    var _ =
        every(
            Duration.ofHours(1),
            "forget what has ended",
            () -> {
              Instant now = clock.instant();
              sessions.forget(now.minus(Session.LIFE), now.minus(Session.IDLE_LIFE));
              idempotency.forget(now.minus(IDEMPOTENCY_LIFE));
              refusals.forget(now.minus(REFUSAL_LIFE));
            });
  }

  /** What is done, for metrics. */
  List<Chore> chores() {
    return List.copyOf(chores);
  }

  /** Stops, after writing down the use that is still in memory. */
  @Override
  public void close() {
    thread.shutdownNow();
    writeUsage.run();
  }

  private Chore every(Duration interval, String name, Runnable work) {
    var chore = new Chore(name, work);
    chores.add(chore);
    var _ =
        thread.scheduleWithFixedDelay(
            chore, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return chore;
  }
}
