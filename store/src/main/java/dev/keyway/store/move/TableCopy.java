package dev.keyway.store.move;

import dev.keyway.store.migration.Dialect;
import dev.keyway.store.postgres.MoveTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Copies a table in the order of its primary key, so many rows in a transaction. What is there is
 * therefore always its beginning, and the last key that is there says where to go on; nothing else
 * has to be kept about how far it came. A table without a key is copied in one transaction.
 */
final class TableCopy {
  /** Enough that a commit is not felt, few enough that a kill loses little. */
  static final int BATCH = 2_000;

  /** Characters and bytes after which a batch is closed: both ends hold it in memory. */
  static final long MOST_WEIGHT = 8 << 20;

  private final Table table;
  private final Connection source;
  private final MoveTarget target;
  private final LongConsumer progress;
  private long copied;

  /**
   * Prepares to copy.
   *
   * @param progress told how many rows are there, also from before
   */
  TableCopy(Table table, Connection source, MoveTarget target, LongConsumer progress) {
    this.table = table;
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /** Copies what is not there yet. */
  void run() throws SQLException {
    copied = target.transaction(this::count);
    progress.accept(copied);
    if (!table.key().isEmpty()) {
      List<Object> last = target.transaction(this::lastKey);
      copy(last, batch -> target.transaction(transaction -> insert(transaction, batch)));
    } else if (copied == 0) {
      var _ =
          target.transaction(transaction -> {
            copy(List.of(), batch -> insert(transaction, batch));
            return copied;
          });
    }
  }

  private long count(Handle transaction) {
    return transaction
        .createQuery("SELECT count(*) FROM " + table.quoted())
        .mapTo(Long.class)
        .one();
  }

  /** Empty before the first row. */
  private List<Object> lastKey(Handle transaction) throws SQLException {
    var last = new ArrayList<Object>();
    try (var statement =
            transaction.getConnection().prepareStatement(table.lastKey(Dialect.POSTGRES));
        ResultSet row = statement.executeQuery()) {
      if (row.next()) {
        for (int i = 1; i <= table.key().size(); i++) {
          last.add(row.getObject(i));
        }
      }
    }
    return last;
  }

  /**
   * Rows to insert.
   *
   * @param columns their values, an array for each column
   */
  private record Batch(int rows, List<Object[]> columns) {}

  /** Takes rows to the target. */
  private interface Sink {
    long take(Batch batch) throws SQLException;
  }

  private void copy(List<Object> last, Sink sink) throws SQLException {
    String question = last.isEmpty() ? table.all(Dialect.SQLITE) : table.after(Dialect.SQLITE);
    try (var statement = source.prepareStatement(question)) {
      for (int i = 0; i < last.size(); i++) {
        statement.setObject(i + 1, last.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        for (Batch batch = next(rows); batch.rows() > 0; batch = next(rows)) {
          copied += sink.take(batch);
          progress.accept(copied);
        }
      }
    }
  }

  private Batch next(ResultSet rows) throws SQLException {
    var values = new ArrayList<List<@Nullable Object>>();
    table.columns().forEach(_ -> values.add(new ArrayList<>(BATCH)));
    int count = 0;
    long weight = 0;
    while (count < BATCH && weight < MOST_WEIGHT && rows.next()) {
      for (int i = 0; i < values.size(); i++) {
        Object value = table.columns().get(i).read(rows, i + 1);
        weight += weight(value);
        values.get(i).add(value);
      }
      count++;
    }
    var columns = new ArrayList<Object[]>();
    for (int i = 0; i < values.size(); i++) {
      columns.add(table.columns().get(i).kind().array(values.get(i)));
    }
    return new Batch(count, columns);
  }

  private static long weight(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length();
      case byte[] bytes -> bytes.length;
      case null, default -> Long.BYTES;
    };
  }

  private long insert(Handle transaction, Batch batch) throws SQLException {
    Connection connection = transaction.getConnection();
    try (PreparedStatement statement = connection.prepareStatement(table.insertion())) {
      for (int i = 0; i < batch.columns().size(); i++) {
        String type = table.columns().get(i).kind().type();
        statement.setArray(i + 1, connection.createArrayOf(type, batch.columns().get(i)));
      }
      return statement.executeUpdate();
    }
  }
}
