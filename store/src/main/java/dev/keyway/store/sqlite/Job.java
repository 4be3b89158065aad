package dev.keyway.store.sqlite;

import dev.keyway.core.Deadline;
import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * A caller's work on its way through a database thread and back.
 *
 * <p>Running and answering are two steps, so that a result can wait for its commit.
 */
final class Job<T extends @Nullable Object> {
  private final Function<Handle, T> work;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private Runnable outcome = () -> {};

  Job(Function<Handle, T> work) {
    this.work = work;
  }

  /**
   * Does the work.
   *
   * @return whether it succeeded
   */
  boolean run(Handle handle) {
    try {
      T result = work.apply(handle);
      outcome = () -> answer.complete(result);
      return true;
    } catch (JdbiException e) {
      fail(unavailable(e));
    } catch (Throwable e) {
      // Whatever it is, it is the caller's to see; this thread has others to serve.
      fail(e);
    }
    return false;
  }

  /** Forgets what the work came to: it counts as failed. */
  void fail(Throwable failure) {
    outcome = () -> answer.completeExceptionally(failure);
  }

  /** Lets the caller go on. */
  void answer() {
    outcome.run();
  }

  /**
   * Waits for {@link #answer}, so long at most, and not beyond the caller's {@link Deadline}.
   *
   * @throws OutcomeUnknownException when it does not come in time; the work may yet be done
   */
  T await(Duration patience) {
    try {
      long millis = Deadline.atMost(patience).toMillis();
      return answer.orTimeout(millis, TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case TimeoutException _ ->
            throw new OutcomeUnknownException(
                "The database has not answered in time; whether the call is done is not known.", e);
        case null, default -> throw e;
      }
    }
  }

  /**
   * The failure to show for one of the database's. Of its causes only the driver's own is kept:
   * JDBI's message holds the statement's values, and they can be secret.
   */
  static UnavailableException unavailable(Throwable e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    String code = cause instanceof SQLiteException failure ? failure.getResultCode().name() : "";
    String why = code.isEmpty() ? "" : " (" + code + ")";
    return new UnavailableException("The database cannot answer now" + why + ".", cause);
  }
}
