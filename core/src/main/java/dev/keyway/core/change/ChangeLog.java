package dev.keyway.core.change;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the sequence of changes is kept; its rows are written with the changes themselves. */
public interface ChangeLog {

  /** The number of the latest change; 0 before the first. */
  long head();

  Optional<Change> find(long seq);

  /**
   * A change, where there is one of that number, and those after it, in their order and of one
   * snapshot, so many at most.
   */
  List<Change> from(long seq, int most);

  /**
   * The numbers of changes that were committed before an instant and are not known to hold yet, the
   * oldest first, so many at most.
   */
  List<Long> unconfirmed(Instant before, int most);

  /**
   * Notes since when a change holds. The first instant noted must stay.
   *
   * @return the instant that is noted, which may be another caller's
   * @throws dev.keyway.core.UnavailableException when the store does not have the change any more
   */
  Instant markEffective(Place change, Instant at);

  /**
   * Notes for every change that was never confirmed that it holds since {@code at}, or since it was
   * committed if the clock was set back since. Called by a node that starts alone: it has no older
   * state to decide on.
   */
  void markAllEffective(Instant at);
}
