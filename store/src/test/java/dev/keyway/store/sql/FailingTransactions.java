package dev.keyway.store.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;

/** A database whose n-th statement in a write fails, as on a full disk. */
final class FailingTransactions implements Transactions {
  private final Transactions database;
  private final Countdown countdown = new Countdown();
  private final Set<Handle> prepared = new HashSet<>();

  FailingTransactions(Transactions database) {
    this.database = database;
  }

  /** Lets the n-th statement of the following writes fail; 0 for none. */
  void failAt(int statement) {
    countdown.start = statement;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return database.read(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return database.write(handle -> {
      // A database may use one connection for all writes or another one for each.
      if (prepared.add(handle)) {
        handle.getConfig(SqlStatements.class).addCustomizer(countdown);
      }
      countdown.left = countdown.start;
      try {
        return work.apply(handle);
      } finally {
        countdown.left = 0;
      }
    });
  }

  /** Touched by the writer's thread only, apart from the start, which is set between writes. */
  private static final class Countdown implements StatementCustomizer {
    private volatile int start;
    private int left;

    @Override
    public void beforeExecution(PreparedStatement statement, StatementContext context)
        throws SQLException {
      if (left > 0 && --left == 0) {
        throw new SQLException("disk full");
      }
    }
  }
}
