package dev.keyway.app.assembly;

import dev.keyway.core.apikey.DigestRenewal;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.limit.NodeLimiter;
import dev.keyway.core.session.InvitationStore;
import dev.keyway.core.session.Session;
import dev.keyway.core.session.SessionStore;
import dev.keyway.core.usage.UsageRecorder;
import dev.keyway.core.usage.UsageStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** What has to be done now and then: writing down use, and forgetting what has ended. */
final class Housekeeping implements AutoCloseable {
  /** How long a change can stay without effect whose caller was told that nothing is known. */
  private static final Duration CONFIRM_INTERVAL = Duration.ofSeconds(1);

  /** How long a new digest waits; more of them then share a transaction. */
  private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(1);

  private static final Duration PEPPER_COUNT_INTERVAL = Duration.ofSeconds(10);
  private static final Duration INTERRUPT_INTERVAL = Duration.ofSeconds(10);

  /** No call is under way for longer, the longest wait for a silent node included. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(10);

  private static final Duration IDEMPOTENCY_LIFE = Duration.ofHours(24);

  /**
   * That of refusals by minute and network; what is shown of refusals has the usage's retention.
   */
  private static final Duration REFUSAL_MINUTES_LIFE = Duration.ofDays(30);

  /** Of its own: a silent node holds a change up for longer than anything else may be. */
  private final Schedule confirmSchedule = new Schedule("keyway-confirm");

  private final Schedule schedule = new Schedule("keyway-housekeeping");

  /** Of its own: many counts take long to write, and no change of rights may wait behind them. */
  private final Schedule usageSchedule = new Schedule("keyway-usage");

  private final Chore writeUsage;
  private final Chore renewDigests;

  Housekeeping(
      Narrowing narrowing,
      UsageRecorder usage,
      DigestRenewal renewal,
      NodeLimiter limiter,
      SessionStore sessions,
      InvitationStore invitations,
      IdempotencyStore idempotency,
      UsageStore writtenUsage,
      Duration usageRetention,
      Runnable leases,
      PublishedKeys publishedKeys,
      Runnable countPeppers,
      InstantSource clock) {
    var _ =
        confirmSchedule.every(CONFIRM_INTERVAL, "confirm changes", narrowing::confirmWhatIsLeft);
    this.writeUsage =
        usageSchedule.every(UsageRecorder.FLUSH_INTERVAL, "write usage", usage::flush);
    var _ =
        usageSchedule.every(
            Duration.ofHours(1),
            "forget old usage",
            () -> {
              Instant now = clock.instant();
              writtenUsage.forget(now.minus(usageRetention));
              writtenUsage.forgetMinutes(now.minus(REFUSAL_MINUTES_LIFE));
            });
    this.renewDigests = schedule.every(RENEWAL_INTERVAL, "renew digests", renewal::flush);
    var _ = schedule.every(CONFIRM_INTERVAL, "look after leases", leases);
    var _ = schedule.every(CONFIRM_INTERVAL, "read signing keys", publishedKeys::read);
    var _ = schedule.every(PublishedKeys.INTERVAL, "publish signing key", publishedKeys::publish);
    var _ =
        schedule.every(
            INTERRUPT_INTERVAL,
            "end calls that were interrupted",
            () -> idempotency.markInterrupted(clock.instant().minus(LONGEST_CALL)));
    var _ = schedule.every(PEPPER_COUNT_INTERVAL, "count keys by pepper", countPeppers);
    var _ = schedule.every(Duration.ofMinutes(1), "drop idle limits", limiter::dropIdle);
    var _ = schedule.every(Duration.ofMinutes(1), "forget written limits", limiter::forgetWritten);
    var _ =
        schedule.every(
            Duration.ofHours(1),
            "forget what has ended",
            () -> {
              Instant now = clock.instant();
              sessions.forget(now.minus(Session.LIFE), now.minus(Session.IDLE_LIFE));
              invitations.forget(now);
              idempotency.forget(now.minus(IDEMPOTENCY_LIFE));
            });
  }

  /** What is done, for metrics. */
  List<Chore> chores() {
    return Stream.of(confirmSchedule, schedule, usageSchedule)
        .map(Schedule::chores)
        .flatMap(List::stream)
        .toList();
  }

  /** Stops, after writing down the use that is still in memory. */
  @Override
  public void close() {
    confirmSchedule.close();
    schedule.close();
    usageSchedule.close();
    writeUsage.run();
    renewDigests.run();
  }
}
