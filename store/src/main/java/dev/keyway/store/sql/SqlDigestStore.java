package dev.keyway.store.sql;

import dev.keyway.core.apikey.DigestStore;
import dev.keyway.core.change.Entity;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Digests and the peppers behind them, in SQL. */
public final class SqlDigestStore implements DigestStore {
  private static final String USE =
      """
      SELECT version, SUM(key_count) AS key_count, SUM(operator_key_count) AS operator_key_count
      FROM (
        SELECT pepper_version AS version, COUNT(*) AS key_count, 0 AS operator_key_count
        FROM api_key
        WHERE revoked_at IS NULL AND deactivated_at IS NULL
          AND (expires_at IS NULL OR expires_at > :now)
        GROUP BY pepper_version
        UNION ALL
        SELECT pepper_version, 0, COUNT(*)
        FROM operator_key
        WHERE revoked_at IS NULL
        GROUP BY pepper_version) counted
      GROUP BY version
      ORDER BY version
      """;

  private final Transactions transactions;

  public SqlDigestStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<PepperUse> useAt(Instant now) {
    return transactions.read(handle ->
        handle
            .createQuery(USE)
            .bind("now", now.toEpochMilli())
            .map((row, _) ->
                new PepperUse(
                    row.getInt("version"),
                    row.getLong("key_count"),
                    row.getLong("operator_key_count")))
            .list());
  }

  @Override
  public void renew(List<Renewal> renewals) {
    transactions.run(handle -> {
      update(handle, renewals, Entity.Kind.KEY, "api_key", " AND deactivated_at IS NULL");
      update(handle, renewals, Entity.Kind.OPERATOR_KEY, "operator_key", "");
    });
  }

  @Override
  public Set<Integer> noteMarks(Map<Integer, byte[]> marks, Set<Integer> inUse) {
    return transactions.write(handle -> {
      var others = new HashSet<Integer>();
      marks.forEach((version, mark) -> {
        Optional<byte[]> known = mark(handle, version);
        boolean isSame = known.isPresent() && MessageDigest.isEqual(known.get(), mark);
        if (!isSame && known.isPresent() && inUse.contains(version)) {
          others.add(version);
        } else if (!isSame) {
          note(handle, version, mark);
        }
      });
      return others;
    });
  }

  /** The digest that stood when the new one was made must stand still, on a key that lives. */
  private static void update(
      Handle handle, List<Renewal> renewals, Entity.Kind kind, String table, String andLives) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE %s SET pepper_version = :toVersion, digest = :to
            WHERE id = :id AND pepper_version = :fromVersion AND digest = :from
              AND revoked_at IS NULL%s
            """
                .formatted(table, andLives));
    for (Renewal renewal : renewals) {
      if (renewal.key().kind() == kind) {
        batch
            .bind("id", renewal.key().id())
            .bind("fromVersion", renewal.from().pepperVersion())
            .bind("from", renewal.from().toByteArray())
            .bind("toVersion", renewal.to().pepperVersion())
            .bind("to", renewal.to().toByteArray())
            .add();
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private static Optional<byte[]> mark(Handle handle, int version) {
    return handle
        .createQuery("SELECT mark FROM pepper_mark WHERE version = :version")
        .bind("version", version)
        .map((row, _) -> row.getBytes("mark"))
        .findOne();
  }

  private static void note(Handle handle, int version, byte[] mark) {
    handle.execute("DELETE FROM pepper_mark WHERE version = ?", version);
    handle.execute("INSERT INTO pepper_mark (version, mark) VALUES (?, ?)", version, mark);
  }
}
