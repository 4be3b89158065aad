package dev.keyway.store.sql;

import dev.keyway.core.audit.AuditEvent;
import org.jdbi.v3.core.Handle;

/** Rows of the trail about the store itself, written beside its ports. */
public final class StoreEvents {
  private StoreEvents() {}

  /** Adds one in the transaction of what it tells of. */
  public static void add(Handle transaction, AuditEvent event) {
    AuditRows.insert(transaction, event);
  }
}
