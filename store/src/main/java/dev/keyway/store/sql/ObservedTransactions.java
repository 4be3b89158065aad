package dev.keyway.store.sql;

import dev.keyway.core.UnavailableException;
import dev.keyway.store.sql.TransactionObserver.Kind;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A database whose calls are watched: how long each takes, the wait for a thread included. */
public final class ObservedTransactions implements Transactions {
  private final Transactions database;
  private final TransactionObserver observer;

  public ObservedTransactions(Transactions database, TransactionObserver observer) {
    this.database = database;
    this.observer = observer;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return observed(Kind.READ, () -> database.read(work));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return observed(Kind.WRITE, () -> database.write(work));
  }

  private <T extends @Nullable Object> T observed(Kind kind, Supplier<T> call) {
    long begun = System.nanoTime();
    boolean isAnswered = true;
    try {
      return call.get();
    } catch (UnavailableException e) {
      isAnswered = false;
      throw e;
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      if (isAnswered) {
        observer.answered(kind, took);
      } else {
        observer.failed(kind, took);
      }
    }
  }
}
