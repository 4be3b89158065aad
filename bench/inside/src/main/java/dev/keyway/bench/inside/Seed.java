package dev.keyway.bench.inside;

import dev.keyway.core.apikey.KeyDigester;
import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.apikey.Peppers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Puts keys into the SQLite store of a stopped program, many at a time. The store must hold an
 * account, a living key and a revoked one, which the program made: new rows are like theirs, so
 * that this needs no knowledge of the schema.
 *
 * <p>Arguments: the data folder; how many keys; how many of them, spread evenly, are written to the
 * file of valid and that of revoked keys; the two files; the file with the pepper, or {@code -}.
 * Every fiftieth key is revoked.
 */
public final class Seed {
  /** Keys of an account. */
  private static final int PER_ACCOUNT = 100;

  private static final int REVOKED_EVERY = 50;
  private static final int BATCH = 50_000;

  private final Connection connection;
  private final int count;
  private final KeyDigester digester;
  private final KeyFormat format = new KeyFormat(List.of(MadeKeys.PREFIX));
  private final MadeKeys keys;

  private Seed(Connection connection, int count, Peppers peppers) {
    this.connection = connection;
    this.count = count;
    this.digester = new KeyDigester(peppers);
    // Always the same keys: a store can be compared with one of yesterday. They open nothing else.
    this.keys = new MadeKeys(count, new Random(42));
  }

  public static void main(String[] arguments) throws SQLException, IOException {
    Path database = Path.of(arguments[0]).resolve("keyway.db");
    Peppers peppers = MadeKeys.peppers(arguments[5]);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      var seed = new Seed(connection, Integer.parseInt(arguments[1]), peppers);
      try (var valid = Files.newBufferedWriter(Path.of(arguments[3]));
          var revoked = Files.newBufferedWriter(Path.of(arguments[4]))) {
        seed.run(Integer.parseInt(arguments[2]), valid, revoked);
      }
    }
  }

  private void run(int samples, BufferedWriter valid, BufferedWriter revoked)
      throws SQLException, IOException {
    try (var statement = connection.createStatement()) {
      // The program is not running, and a seed that is cut off is thrown away.
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA cache_size = -1000000");
      statement.execute("PRAGMA foreign_keys = OFF");
      var indexes = new Indexes(connection, "api_key");
      indexes.drop();
      connection.setAutoCommit(false);
      accounts();
      keys(samples, valid, revoked);
      connection.commit();
      connection.setAutoCommit(true);
      indexes.make();
      statement.execute("ANALYZE");
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  private void accounts() throws SQLException {
    try (var rows = RowsLike.first(connection, "account", "1 = 1")) {
      for (int i = 0; i < Math.ceilDiv(count, PER_ACCOUNT); i++) {
        rows.add(Map.of("id", account(i), "email", email(i), "email_key", email(i)));
      }
      rows.flush();
    }
  }

  private void keys(int samples, BufferedWriter valid, BufferedWriter revoked)
      throws SQLException, IOException {
    int validEvery = Math.max(1, count / samples);
    int revokedEvery = Math.max(1, count / REVOKED_EVERY / samples) * REVOKED_EVERY;
    try (var living = RowsLike.first(connection, "api_key", "revoked_at IS NULL");
        var ended = RowsLike.first(connection, "api_key", "revoked_at IS NOT NULL")) {
      for (int i = 0; i < count; i++) {
        String key = keys.next(i);
        boolean isRevoked = i % REVOKED_EVERY == 0;
        (isRevoked ? ended : living).add(row(i, key));
        if (isRevoked && i % revokedEvery == 0) {
          revoked.write(key + "\n");
        } else if (!isRevoked && (i - 1) % validEvery == 0) {
          valid.write(key + "\n");
        }
        if (i % BATCH == 0) {
          living.flush();
          ended.flush();
          System.out.println(i);
        }
      }
      living.flush();
      ended.flush();
    }
  }

  private Map<String, Object> row(int number, String key) {
    var presented = format.parse(key);
    if (presented == null) {
      throw new IllegalStateException("a key that was made has no form of a key");
    }
    String id = presented.id().toString();
    String owner = account(number / PER_ACCOUNT);
    return Map.of(
        "id",
        id,
        "digest",
        digester.digest(presented).toByteArray(),
        "suffix",
        key.substring(key.length() - 4),
        "search_text",
        "key " + number + "\n\n" + id.toLowerCase(Locale.ROOT),
        "scope_id",
        owner,
        "created_by",
        owner,
        "created_at",
        1_700_000_000_000L + number);
  }

  private static String account(int number) {
    return "acc_%012d".formatted(number);
  }

  private static String email(int number) {
    return "seeded-" + number + "@bench.example";
  }
}
