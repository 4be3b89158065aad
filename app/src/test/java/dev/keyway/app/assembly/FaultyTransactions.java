package dev.keyway.app.assembly;

import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.UnavailableException;
import dev.keyway.store.sql.Transactions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A database of which one call fails: it is not done, or it is done and nobody hears of it. */
final class FaultyTransactions implements Transactions {
  private final Transactions database;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicBoolean fired = new AtomicBoolean();
  private volatile Fault fault = Fault.NOT_DONE;

  /** How a call fails. */
  enum Fault {
    NOT_DONE,
    DONE_UNHEARD
  }

  FaultyTransactions(Transactions database) {
    this.database = database;
  }

  /** Lets the n-th call from now on fail, and only that one. */
  void failAt(int call, Fault how) {
    fault = how;
    fired.set(false);
    left.set(call);
  }

  /**
   * Lets no call fail any more.
   *
   * @return whether one has failed
   */
  boolean stop() {
    left.set(0);
    return fired.get();
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    requireUp();
    return database.read(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    boolean fails = isDue();
    if (fails && fault == Fault.NOT_DONE) {
      throw new UnavailableException("the disk is full", null);
    }
    T result = database.write(work);
    if (fails) {
      throw new OutcomeUnknownException("the disk is slow", null);
    }
    return result;
  }

  private void requireUp() {
    if (isDue()) {
      throw new UnavailableException("the disk is gone", null);
    }
  }

  private boolean isDue() {
    boolean due = left.getAndUpdate(n -> Math.max(0, n - 1)) == 1;
    if (due) {
      fired.set(true);
    }
    return due;
  }
}
