package dev.keyway.core.lease;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import java.util.List;

/** What is to be done for a {@link NodeLease}, and with which event it is answered. */
public sealed interface LeaseEffect {

  /**
   * Enter the node under a new incarnation: {@link LeaseEvent.Joined}, {@link LeaseEvent.Diverged}
   * or {@link LeaseEvent.Failed}. The head must be read so that every later change finds the node
   * entered.
   *
   * @param applied the last change this node has seen; a store without it must not enter the node
   */
  record Join(Place applied) implements LeaseEffect {}

  /**
   * Ask for the lease, and say what is applied: {@link LeaseEvent.Renewed}, {@link
   * LeaseEvent.Fenced}, {@link LeaseEvent.Diverged} or {@link LeaseEvent.Failed}.
   *
   * @param number of this attempt; the store must take none that is not greater than the last, so
   *     that of two nodes under one incarnation the second is found out
   * @param acked a store without it must note nothing: the word is of another history
   */
  record Renew(String incarnation, long number, Place acked) implements LeaseEffect {}

  /**
   * Read this change and those after it: {@link LeaseEvent.Read} or {@link LeaseEvent.Failed}.
   * There need be none under this number.
   */
  record ReadFrom(long seq) implements LeaseEffect {}

  /**
   * Make these count in memory and cut what they forbid: {@link LeaseEvent.Applied} when nothing of
   * it goes on, or {@link LeaseEvent.Failed}.
   */
  record Apply(List<Change> changes) implements LeaseEffect {
    public Apply {
      changes = List.copyOf(changes);
    }
  }

  /** Forget all that was read before this change; done at once, without an answer. */
  record Forget(long head) implements LeaseEffect {}

  /** Cut every exchange that is open under a key; begun at once, without an answer. */
  record CutAll() implements LeaseEffect {}

  /** Take the node out, so that nobody waits for it; without an answer. */
  record Leave(String incarnation) implements LeaseEffect {}

  /**
   * Find out whether the store has lost changes that this node has seen, and make it good: {@link
   * LeaseEvent.Recovered} or {@link LeaseEvent.Failed}. If it has, its head must afterwards be
   * above every number that was ever seen, so that nothing that was read before counts as current.
   *
   * @param applied the last change this node has seen
   */
  record Recover(Place applied) implements LeaseEffect {}
}
