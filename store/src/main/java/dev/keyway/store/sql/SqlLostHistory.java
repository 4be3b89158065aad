package dev.keyway.store.sql;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import dev.keyway.core.lease.LostHistory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * Lets the numbers of changes go on far above those that were ever given, where a store has lost
 * some: a change of its own says so, in the sequence and in the trail.
 */
public final class SqlLostHistory implements LostHistory {
  private final Transactions transactions;
  private final InstantSource clock;
  private final Function<Instant, AuditEvent> event;

  /**
   * A mender.
   *
   * @param event the row of the trail that says that history was lost
   */
  public SqlLostHistory(
      Transactions transactions, InstantSource clock, Function<Instant, AuditEvent> event) {
    this.transactions = transactions;
    this.clock = clock;
    this.event = event;
  }

  @Override
  public void recover(Place seen) {
    Instant now = clock.instant();
    transactions.run(handle -> {
      long head = Changes.lockHead(handle);
      boolean isLost = Changes.markOf(handle, seen.seq()) != seen.mark();
      // Another node may have been first.
      if (isLost && !RestoredStore.isFarAbove(head, seen.seq())) {
        long next = RestoredStore.headAt(now, Math.max(head, seen.seq()));
        Changes.writeAt(handle, next, Change.Direction.WIDENS, now, 0, List.of());
        AuditRows.insert(handle, event.apply(now));
      }
    });
  }
}
