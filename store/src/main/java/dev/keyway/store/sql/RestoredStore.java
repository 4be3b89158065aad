package dev.keyway.store.sql;

import dev.keyway.core.audit.AuditEvent;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What has to be done to a store that was set back to an earlier instant, before it is used. */
public final class RestoredStore {
  /**
   * Numbers that changes of rights skip: those between were given, or may have been, to changes
   * that the store has forgotten, and callers who keep them must not meet them again.
   */
  private static final long SKIPPED_CHANGES = 1_000_000;

  private RestoredStore() {}

  /**
   * The number after which changes of rights go on. It is the time in milliseconds, so that two
   * restores of one backup give no number twice; and if the clock is wrong, still far from what the
   * backup knows.
   *
   * @param lastChange the last number that the backup knows
   */
  public static long headAt(Instant now, long lastChange) {
    return Math.max(lastChange + SKIPPED_CHANGES, now.toEpochMilli());
  }

  /** Whether a head is one that was set by {@link #headAt} since that change. */
  static boolean isFarAbove(long head, long change) {
    return head >= change + SKIPPED_CHANGES;
  }

  /**
   * Ends what must not come back to life with the store: sign-ins and invitations, which may have
   * been ended or used since, and answers kept for repeated calls, which tell of things that were
   * never done here. What rate limits had admitted since is not known, as after a crash.
   *
   * @param head what {@link #headAt} says
   */
  public static void settle(Handle handle, long head, AuditEvent event) {
    handle.execute("DELETE FROM session");
    handle.execute("DELETE FROM idempotency");
    handle.execute("DELETE FROM invitation");
    handle.execute("UPDATE limit_run SET is_open = 1");
    handle.execute("UPDATE epoch SET head = ?", head);
    AuditRows.insert(handle, event);
  }
}
