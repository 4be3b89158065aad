package dev.keyway.app.assembly;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.DigestRenewal;
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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done now and then: writing down use, and forgetting what has ended. */
final class Housekeeping implements AutoCloseable {
  /** How far behind a key's last use may be. */
  static final Duration FLUSH_INTERVAL = Duration.ofSeconds(5);

  /** How long a new digest waits; more of them then share a transaction. */
  private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(1);

  private static final Duration PEPPER_COUNT_INTERVAL = Duration.ofSeconds(10);
  private static final Duration IDEMPOTENCY_LIFE = Duration.ofHours(24);
  private static final Duration REFUSAL_LIFE = Duration.ofDays(30);
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private final ScheduledThreadPoolExecutor thread;
  private final UsageRecorder usage;
  private final DigestRenewal renewal;

  Housekeeping(
      UsageRecorder usage,
      DigestRenewal renewal,
      RollingWindowLimiter limiter,
      SessionStore sessions,
      InvitationStore invitations,
      IdempotencyStore idempotency,
      UsageStore refusals,
      Runnable countPeppers,
      InstantSource clock) {
    this.usage = usage;
    this.renewal = renewal;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("keyway-housekeeping").daemon().factory());
    every(FLUSH_INTERVAL, "write usage", usage::flush);
    every(RENEWAL_INTERVAL, "renew digests", renewal::flush);
    every(PEPPER_COUNT_INTERVAL, "count keys by pepper", countPeppers);
    every(Duration.ofMinutes(1), "drop idle limits", limiter::dropIdle);
    every(Duration.ofMinutes(1), "forget written limits", limiter::forgetWritten);
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

  /** Stops, after writing down the use that is still in memory. */
  @Override
  public void close() {
    thread.shutdownNow();
    attempt("write usage", usage::flush);
    attempt("renew digests", renewal::flush);
  }

  private void every(Duration interval, String what, Runnable work) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> attempt(what, work),
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (UnavailableException e) {
      log.warn("cannot {} now, will try again: {}", what, e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule for good.
      log.error("cannot {}", what, e);
    }
  }
}
