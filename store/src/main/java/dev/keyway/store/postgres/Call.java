package dev.keyway.store.postgres;

import dev.keyway.core.Deadline;
import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of the database on a thread of its own: a socket can be silent for longer than its caller
 * may wait. Whoever comes second, the caller who leaves or the work that commits, sees the other.
 */
final class Call<T extends @Nullable Object> {
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  private enum State {
    OPEN,
    COMMITTING,
    LEFT
  }

  /** Begins to commit; false when the caller has left, and then nothing may be committed. */
  boolean mayCommit() {
    return state.compareAndSet(State.OPEN, State.COMMITTING);
  }

  /** The commit has certainly not happened: nothing is done yet, and all may be tried again. */
  void undone() {
    state.compareAndSet(State.COMMITTING, State.OPEN);
  }

  boolean isLeft() {
    return state.get() == State.LEFT;
  }

  /**
   * Does the work and waits for it, so long at most, and not beyond the caller's {@link Deadline}.
   *
   * @throws OutcomeUnknownException when it is not over in time and was committing
   * @throws UnavailableException when it is not over in time; nothing of it will be committed
   */
  T make(Duration patience, Supplier<T> work) {
    long millis = Deadline.atMost(patience).toMillis();
    var _ = Thread.ofVirtual().name("keyway-postgres").start(() -> run(work));
    try {
      return answer.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw leave(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw leave(e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private void run(Supplier<T> work) {
    try {
      answer.complete(work.get());
    } catch (Throwable e) {
      // Whatever it is, it is the caller's to see.
      answer.completeExceptionally(e);
    }
  }

  private UnavailableException leave(Exception cause) {
    return state.getAndSet(State.LEFT) == State.COMMITTING
        ? new OutcomeUnknownException(
            "The database has not answered in time; whether the call is done is not known.", cause)
        : new UnavailableException("The database has not answered in time.", cause);
  }
}
