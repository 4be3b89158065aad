package dev.keyway.store.sql;

import dev.keyway.core.audit.AuditEvent;
import org.jdbi.v3.core.Handle;

/** What has to be done to a store that was set back to an earlier instant, before it is used. */
public final class RestoredStore {
  /**
   * Numbers that changes of rights skip: those between were given, or may have been, to changes
   * that the store has forgotten, and callers who keep them must not meet them again.
   */
  public static final long SKIPPED_CHANGES = 1_000_000;

  private RestoredStore() {}

  /**
   * Ends what must not come back to life with the store: sign-ins and invitations, which may have
   * been ended or used since, and answers kept for repeated calls, which tell of things that were
   * never done here. What rate limits had admitted since is not known, as after a crash.
   */
  public static void settle(Handle handle, AuditEvent event) {
    handle.execute("DELETE FROM session");
    handle.execute("DELETE FROM idempotency");
    handle.execute("DELETE FROM invitation");
    handle.execute("UPDATE limit_run SET is_open = 1");
    handle.execute("UPDATE epoch SET head = head + ?", SKIPPED_CHANGES);
    AuditRows.insert(handle, event);
  }
}
