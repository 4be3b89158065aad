package dev.keyway.core.limit;

import org.jspecify.annotations.Nullable;

/**
 * Somebody whose requests are counted. It remembers its counters, so that a request looks nothing
 * up.
 */
public abstract class LimitedCaller {
  // Written without a lock: what it points to never changes, and a lost write costs a look-up.
  private @Nullable Remembered remembered;

  /** The id of what counts together for this caller; ids of one kind are unique. */
  protected abstract String idOf(CountedBy by);

  /** The plan that says how much is allowed; null for none. */
  protected abstract @Nullable String plan();

  /** A caller's counters of one set, and those of another. */
  sealed interface Remembered permits Counters, SharedCounters {
    LimitSet set();

    @Nullable Remembered next();
  }

  /** The counters of a set; null when they are not remembered. */
  final @Nullable Remembered remembered(LimitSet set) {
    Remembered counters = remembered;
    while (counters != null && counters.set() != set) {
      counters = counters.next();
    }
    return counters;
  }

  final @Nullable Remembered remembered() {
    return remembered;
  }

  final void remember(Remembered counters) {
    remembered = counters;
  }

  final void forgetCounters() {
    remembered = null;
  }
}
