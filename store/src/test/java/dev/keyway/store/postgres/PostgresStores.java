package dev.keyway.store.postgres;

import dev.keyway.store.sql.SqlStores;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every port over a PostgreSQL database of its own, for tests. */
public final class PostgresStores extends SqlStores {
  /** Open and empty: hundreds of tests then need not connect and migrate one each. */
  private static final Queue<PostgresStores> READY = new ConcurrentLinkedQueue<>();

  private final PostgresSettings settings;

  private PostgresStores(PostgresSettings settings) {
    super(PostgresDatabase.open(settings));
    this.settings = settings;
  }

  public static PostgresStores open() {
    PostgresStores ready = READY.poll();
    return ready == null ? new PostgresStores(PostgresServer.shared().make()) : ready;
  }

  PostgresSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    PostgresServer.empty(settings);
    READY.add(this);
  }
}
