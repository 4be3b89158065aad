package dev.keyway.app.assembly;

import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.limit.RollingWindowLimiter;
import dev.keyway.core.session.InvitationStore;
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

  /** How long a change can stay without effect whose caller was told that nothing is known. */
  private static final Duration CONFIRM_INTERVAL = Duration.ofSeconds(1);

  /** How long a new digest waits; more of them then share a transaction. */
  private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(1);

  private static final Duration PEPPER_COUNT_INTERVAL = Duration.ofSeconds(10);
  private static final Duration IDEMPOTENCY_LIFE = Duration.ofHours(24);
  private static final Duration REFUSAL_LIFE = Duration.ofDays(30);

  private final ScheduledThreadPoolExecutor thread;
  private final List<Chore> chores = new ArrayList<>();
  private final Chore writeUsage;
  private final Chore renewDigests;

  Housekeeping(
      Narrowing narrowing,
      UsageRecorder usage,
      DigestRenewal renewal,
      RollingWindowLimiter limiter,
      SessionStore sessions,
      InvitationStore invitations,
      IdempotencyStore idempotency,
      UsageStore refusals,
      Runnable countPeppers,
      InstantSource clock) {
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("keyway-housekeeping").daemon().factory());
    var _ = every(CONFIRM_INTERVAL, "confirm changes", narrowing::confirmWhatIsLeft);
    this.writeUsage = every(FLUSH_INTERVAL, "write usage", usage::flush);
    this.renewDigests = every(RENEWAL_INTERVAL, "renew digests", renewal::flush);
    var _ = every(PEPPER_COUNT_INTERVAL, "count keys by pepper", countPeppers);
    var _ = every(Duration.ofMinutes(1), "drop idle limits", limiter::dropIdle);
    var _ = every(Duration.ofMinutes(1), "forget written limits", limiter::forgetWritten);
    var _ =
        every(
            Duration.ofHours(1),
            "forget what has ended",
            () -> {
              Instant now = clock.instant();
              sessions.forget(now.minus(Session.LIFE), now.minus(Session.IDLE_LIFE));
              invitations.forget(now);
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
    renewDigests.run();
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
