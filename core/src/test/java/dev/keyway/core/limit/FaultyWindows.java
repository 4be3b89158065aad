package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store that fails, or takes the whole node with it, before or after it has done its work. */
final class FaultyWindows implements WindowStore {
  /** What becomes of a call. */
  enum Fate {
    DONE,
    FAILED,
    /** Done, but nobody hears of it. */
    DONE_AND_FAILED,
    CRASHED,
    DONE_AND_CRASHED
  }

  /** The node is no more. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final WindowStore store;
  private final Supplier<Fate> fates;
  private final Runnable meanwhile;

  /**
   * A store with faults.
   *
   * @param meanwhile happens during each write, before it is done
   */
  FaultyWindows(WindowStore store, Supplier<Fate> fates, Runnable meanwhile) {
    this.store = store;
    this.fates = fates;
    this.meanwhile = meanwhile;
  }

  @Override
  public boolean begin(long nowMillis, long epochAtZero) {
    return meet(() -> store.begin(nowMillis, epochAtZero));
  }

  @Override
  public void moveEpoch(long epochAtZero) {
    run(() -> store.moveEpoch(epochAtZero));
  }

  @Override
  public void write(List<Entry> batch) {
    meanwhile.run();
    run(() -> store.write(batch));
  }

  @Override
  public Kept read(CountedSubject subject, long afterMillis) {
    return meet(() -> store.read(subject, afterMillis));
  }

  @Override
  public Optional<QuotaUse> quota(CountedSubject subject) {
    return meet(() -> store.quota(subject));
  }

  @Override
  public void forget(long nowMillis) {
    run(() -> store.forget(nowMillis));
  }

  @Override
  public void end() {
    run(store::end);
  }

  private void run(Runnable work) {
    var _ =
        meet(() -> {
          work.run();
          return true;
        });
  }

  private <T> T meet(Supplier<T> work) {
    Fate fate = fates.get();
    switch (fate) {
      case FAILED -> throw new UnavailableException("not done", null);
      case CRASHED -> throw new Crash();
      case DONE, DONE_AND_FAILED, DONE_AND_CRASHED -> {
        // Done below.
      }
    }
    T result = work.get();
    return switch (fate) {
      case DONE_AND_FAILED -> throw new UnavailableException("nobody knows", null);
      case DONE_AND_CRASHED -> throw new Crash();
      case DONE, FAILED, CRASHED -> result;
    };
  }
}
