package dev.keyway.store.sql;

import dev.keyway.core.installation.SigningKeyStore;
import java.time.Instant;
import java.util.List;

/** The nodes' public signing keys in SQL. */
public final class SqlSigningKeyStore implements SigningKeyStore {
  private final Transactions transactions;

  public SqlSigningKeyStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void publish(String id, String jwk, Instant at) {
    transactions.run(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO signing_key (id, jwk, published_at) VALUES (:id, :jwk, :at)
                ON CONFLICT (id) DO UPDATE SET published_at = excluded.published_at
                WHERE signing_key.published_at < excluded.published_at
                """)
            .bind("id", id)
            .bind("jwk", jwk)
            .bind("at", at.toEpochMilli())
            .execute());
  }

  @Override
  public List<String> publishedSince(Instant instant) {
    return transactions.read(handle ->
        handle
            .createQuery(
                "SELECT k.jwk FROM signing_key k WHERE k.published_at >= :since ORDER BY k.id")
            .bind("since", instant.toEpochMilli())
            .mapTo(String.class)
            .list());
  }

  @Override
  public void forget(Instant before) {
    transactions.run(handle ->
        handle.execute("DELETE FROM signing_key WHERE published_at < ?", before.toEpochMilli()));
  }
}
