package dev.keyway.store.sql;

import dev.keyway.core.idempotency.IdempotencyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Answers to repeatable calls in SQL. */
public final class SqlIdempotencyStore implements IdempotencyStore {
  private final Transactions transactions;

  public SqlIdempotencyStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public @Nullable Earlier begin(String caller, String key, String fingerprint, Instant at) {
    Optional<Earlier> earlier =
        transactions.write(handle -> {
          Optional<Earlier> found = find(handle, caller, key);
          if (found.isEmpty()) {
            handle.execute(
                """
                INSERT INTO idempotency (caller, call_key, fingerprint, begun_at)
                VALUES (?, ?, ?, ?)
                """,
                caller,
                key,
                fingerprint,
                at.toEpochMilli());
          }
          return found;
        });
    return earlier.orElse(null);
  }

  @Override
  public void complete(String caller, String key, int status, String body) {
    transactions.run(handle ->
        handle.execute(
            "UPDATE idempotency SET status = ?, body = ? WHERE caller = ? AND call_key = ?",
            status,
            body,
            caller,
            key));
  }

  @Override
  public void abandon(String caller, String key) {
    transactions.run(handle ->
        handle.execute(
            """
            DELETE FROM idempotency WHERE caller = ? AND call_key = ? AND status IS NULL
            """,
            caller,
            key));
  }

  @Override
  public void interrupt(String caller, String key) {
    transactions.run(handle ->
        handle.execute(
            """
            UPDATE idempotency SET status = ?
             WHERE caller = ? AND call_key = ? AND status IS NULL
            """,
            Earlier.INTERRUPTED,
            caller,
            key));
  }

  @Override
  public void markInterrupted(Instant begunBy) {
    transactions.run(handle ->
        handle.execute(
            "UPDATE idempotency SET status = ? WHERE status IS NULL AND begun_at <= ?",
            Earlier.INTERRUPTED,
            begunBy.toEpochMilli()));
  }

  @Override
  public void forget(Instant before) {
    transactions.run(handle ->
        handle.execute("DELETE FROM idempotency WHERE begun_at < ?", before.toEpochMilli()));
  }

  private static Optional<Earlier> find(Handle handle, String caller, String key) {
    return handle
        .createQuery("SELECT i.* FROM idempotency i WHERE i.caller = :caller AND i.call_key = :key")
        .bind("caller", caller)
        .bind("key", key)
        .map((row, _) -> earlier(row))
        .findOne();
  }

  private static Earlier earlier(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    Integer known = row.wasNull() ? null : status;
    return new Earlier(row.getString("fingerprint"), known, row.getString("body"));
  }
}
