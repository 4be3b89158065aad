package dev.keyway.store.move;

import dev.keyway.store.migration.Dialect;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What tells a table's rows from any others: how many there are, and SHA-256 over them, in order,
 * each value with its kind and its length.
 */
record TableDigest(long rows, String sha256) {
  /** Rows that PostgreSQL sends at once, and between two reports; the largest have 64 KB or so. */
  private static final int FETCHED = 1_000;

  /**
   * Reads a whole table.
   *
   * @param connection in a transaction: PostgreSQL would send all rows at once otherwise
   * @param progress told now and then how many rows are read, and more follow
   */
  static TableDigest of(Table table, Connection connection, Dialect dialect, LongConsumer progress)
      throws SQLException {
    MessageDigest digest = digester();
    long rows = 0;
    try (var statement = connection.prepareStatement(table.all(dialect));
        var out =
            new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      statement.setFetchSize(FETCHED);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (rows > 0 && rows % FETCHED == 0) {
            progress.accept(rows);
          }
          write(out, table, row);
          rows++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TableDigest(rows, HexFormat.of().formatHex(digest.digest()));
  }

  private static void write(DataOutputStream out, Table table, ResultSet row)
      throws IOException, SQLException {
    for (int i = 0; i < table.columns().size(); i++) {
      write(out, table.columns().get(i).read(row, i + 1));
    }
  }

  private static void write(DataOutputStream out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte('0');
      case Long number -> {
        out.writeByte('n');
        out.writeLong(number);
      }
      case String text -> write(out, 't', text.getBytes(StandardCharsets.UTF_8));
      case byte[] bytes -> write(out, 'b', bytes);
      default -> throw new IllegalArgumentException(value.getClass().toString());
    }
  }

  private static void write(DataOutputStream out, char kind, byte[] bytes) throws IOException {
    out.writeByte(kind);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** What makes it; every Java has it. */
  static MessageDigest digester() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
