package dev.keyway.store.sql;

import dev.keyway.core.installation.InstallationSecrets;
import java.security.SecureRandom;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The installation's own secrets in SQL. */
public final class SqlInstallationSecrets implements InstallationSecrets {
  private static final int BYTES = 32;

  private final Transactions transactions;
  private final SecureRandom random;

  public SqlInstallationSecrets(Transactions transactions, SecureRandom random) {
    this.transactions = transactions;
    this.random = random;
  }

  @Override
  public byte[] get(String name) {
    Optional<byte[]> known = transactions.read(handle -> find(handle, name));
    return known.orElseGet(() -> make(name));
  }

  private byte[] make(String name) {
    var drawn = new byte[BYTES];
    random.nextBytes(drawn);
    return transactions.write(handle -> {
      // Whoever else was first has made the one that counts.
      handle.execute(
          "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
          name,
          drawn);
      return find(handle, name).orElseThrow();
    });
  }

  private static Optional<byte[]> find(Handle handle, String name) {
    return handle
        .createQuery("SELECT s.value FROM secret s WHERE s.name = :name")
        .bind("name", name)
        .map((row, _) -> row.getBytes("value"))
        .findOne();
  }
}
