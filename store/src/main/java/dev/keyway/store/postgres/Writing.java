package dev.keyway.store.postgres;

import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a work is written: in one transaction, as if no other ran beside it.
 *
 * <p>Every write is SERIALIZABLE, so PostgreSQL itself finds those that could not have run one
 * after another and undoes one of them (SQLSTATE 40001). All nodes write so, and nothing else does,
 * which is what the guarantee rests on. A work that was undone is run again. Before that it takes a
 * lock on {@code epoch} that all losers want, and takes it before its snapshot: so losers go one
 * after another, the row that all changes of rights move stands still for the one that goes, and
 * somebody always gets on. A lock for all writes would be simpler and a node that is stopped in the
 * midst of one would stop all others.
 */
final class Writing {
  private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

  /** As many as a work loses at most before it is given up; two is already rare. */
  private static final int MOST_ATTEMPTS = 12;

  /**
   * Settings of this transaction and not of the session. Its locks and pauses are bounded, so that
   * a node that hangs does not hold up others for longer than a fraction of their patience. Its
   * statements are not: that bound would also count for the commit, and cut its wait for the
   * standby.
   */
  private static final String BEGIN =
      """
      SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ WRITE;
      SET LOCAL synchronous_commit = %s;
      SET LOCAL client_min_messages = warning;
      SET LOCAL lock_timeout = '5s';
      SET LOCAL statement_timeout = 0;
      SET LOCAL idle_in_transaction_session_timeout = '3s'\
      """;

  private static final String BEGIN_AGAIN =
      BEGIN + ";\nLOCK TABLE epoch IN SHARE ROW EXCLUSIVE MODE";

  private final Jdbi writers;
  private final String begin;
  private final String beginAgain;

  /**
   * Writes through a pool whose connections do not commit by themselves.
   *
   * @param commitLevel the {@code synchronous_commit} of every write, whatever the server's default
   */
  Writing(Jdbi writers, String commitLevel) {
    this.writers = writers;
    this.begin = BEGIN.formatted(commitLevel);
    this.beginAgain = BEGIN_AGAIN.formatted(commitLevel);
  }

  /** Runs a work until it is committed, refuses, or is given up. */
  <T extends @Nullable Object> T run(Function<Handle, T> work, Call<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(work, call, attempt == 1 ? begin : beginAgain);
      } catch (JdbiException | DriverException e) {
        if (!Failures.isLostRace(e) || attempt == MOST_ATTEMPTS || call.isLeft()) {
          throw Failures.unavailable(e);
        }
        LOG.debug("a write is run again ({}, attempt {})", Failures.state(e), attempt);
      }
    }
  }

  private <T extends @Nullable Object> T attempt(
      Function<Handle, T> work, Call<T> call, String settings) {
    Handle handle = writers.open();
    try {
      T result = run(work, handle, settings);
      if (!call.mayCommit()) {
        rollBack(handle);
        throw new UnavailableException("The caller has left.", null);
      }
      commit(handle.getConnection(), call);
      return result;
    } finally {
      release(handle);
    }
  }

  private static <T extends @Nullable Object> T run(
      Function<Handle, T> work, Handle handle, String settings) {
    try {
      execute(handle.getConnection(), settings);
      return work.apply(handle);
    } catch (RuntimeException | Error e) {
      rollBack(handle);
      throw e;
    }
  }

  private static void execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DriverException(e);
    }
  }

  /** Commits; what is not certainly done or undone is said to be unknown. */
  private static void commit(Connection connection, Call<?> call) {
    try {
      connection.clearWarnings();
      connection.commit();
      if (Commits.hasWarned(connection)) {
        // Such as that the wait for the standby was cut: committed here, perhaps not there.
        throw new OutcomeUnknownException(
            "The database committed with a warning; whether it lasts is not known.", null);
      }
    } catch (SQLException e) {
      if (!Failures.isUndone(e)) {
        throw new OutcomeUnknownException(
            "The database did not say whether it has committed (%s).".formatted(Failures.state(e)),
            Failures.harmless(e));
      }
      call.undone();
      throw new DriverException(e);
    }
  }

  private static void rollBack(Handle handle) {
    try {
      handle.getConnection().rollback();
    } catch (SQLException e) {
      // The connection is broken, and the server rolls back by itself.
    }
  }

  /** Gives the connection back. What fails here is no failure of what is committed. */
  private static void release(Handle handle) {
    try {
      handle.close();
    } catch (JdbiException e) {
      LOG.debug("a connection could not be given back ({})", Failures.state(e));
    }
  }

  /** Carries a failure of the driver to where it is judged; seen by nobody else. */
  private static final class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DriverException(SQLException cause) {
      super(cause);
    }
  }
}
