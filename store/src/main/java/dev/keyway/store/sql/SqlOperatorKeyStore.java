package dev.keyway.store.sql;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.operator.OperatorKeyStore;
import dev.keyway.core.operator.Right;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Operator keys in SQL. */
public final class SqlOperatorKeyStore implements OperatorKeyStore {
  private static final Listing<OperatorKey> LISTING =
      Listing.newestFirst(
          "SELECT o.* FROM operator_key o",
          "o.created_at",
          "o.id",
          (row, _) -> key(row),
          key -> new Cursor(key.createdAt(), key.id().text()));

  private final Transactions transactions;

  public SqlOperatorKeyStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void create(OperatorKey key, AuditEvent event) {
    transactions.run(handle -> {
      insert(handle, key);
      AuditRows.insert(handle, event);
    });
  }

  @Override
  public Optional<OperatorKey> find(OperatorKeyId id) {
    return transactions.read(handle -> find(handle, id));
  }

  @Override
  public Page<OperatorKey> list(PageRequest page) {
    return transactions.read(handle -> LISTING.page(handle, new Conditions(), page));
  }

  @Override
  public Optional<Change> revoke(OperatorKeyId id, Instant at, AuditEvent event) {
    return transactions.write(handle ->
        find(handle, id)
            .map(key ->
                key.revokedAt() == null
                    ? revoke(handle, id, at, event)
                    : changeThatRevoked(handle, id)));
  }

  private static Optional<OperatorKey> find(Handle handle, OperatorKeyId id) {
    return handle
        .createQuery("SELECT o.* FROM operator_key o WHERE o.id = :id")
        .bind("id", id.text())
        .map((row, _) -> key(row))
        .findOne();
  }

  private static void insert(Handle handle, OperatorKey key) {
    handle
        .createUpdate(
            """
            INSERT INTO operator_key
              (id, name, rights, products, pepper_version, digest, created_at)
            VALUES (:id, :name, :rights, :products, :pepperVersion, :digest, :createdAt)
            """)
        .bind("id", key.id().text())
        .bind("name", key.name())
        .bind("rights", joined(key.rights().stream().map(Right::text).toList()))
        .bind("products", joined(key.products()))
        .bind("pepperVersion", key.digest().pepperVersion())
        .bind("digest", key.digest().toByteArray())
        .bind("createdAt", key.createdAt().toEpochMilli())
        .execute();
  }

  private static Change revoke(Handle handle, OperatorKeyId id, Instant at, AuditEvent event) {
    Change change =
        Changes.write(
            handle,
            Direction.NARROWS,
            at,
            1,
            List.of(new Entity(Entity.Kind.OPERATOR_KEY, id.text())));
    handle.execute(
        "UPDATE operator_key SET revoked_at = ?, revoked_seq = ? WHERE id = ?",
        at.toEpochMilli(),
        change.seq(),
        id.text());
    AuditRows.insert(handle, event);
    return change;
  }

  private static Change changeThatRevoked(Handle handle, OperatorKeyId id) {
    long seq =
        handle
            .createQuery("SELECT revoked_seq FROM operator_key WHERE id = :id")
            .bind("id", id.text())
            .mapTo(Long.class)
            .one();
    return Changes.find(handle, seq).orElseThrow();
  }

  private static OperatorKey key(ResultSet row) throws SQLException {
    return new OperatorKey(
        new OperatorKeyId(row.getString("id")),
        row.getString("name"),
        split(row.getString("rights")).stream()
            .map(right -> Right.valueOf(right.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet()),
        split(row.getString("products")),
        new KeyDigest(row.getInt("pepper_version"), row.getBytes("digest")),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "revoked_at"));
  }

  private static String joined(Collection<String> texts) {
    return texts.stream().sorted().collect(Collectors.joining(","));
  }

  private static Set<String> split(String joined) {
    return joined.isEmpty() ? Set.of() : Set.of(joined.split(",", -1));
  }
}
