package dev.keyway.core.lease;

import dev.keyway.core.change.Change;
import java.util.List;

/** What is to be done for a {@link NodeLease}, and with which event it is answered. */
public sealed interface LeaseEffect {

  /**
   * Enter the node under a new incarnation: {@link LeaseEvent.Joined}, or {@link
   * LeaseEvent.Failed}. The head must be read so that every later change finds the node entered.
   */
  record Join() implements LeaseEffect {}

  /**
   * Ask for the lease, and say what is applied: {@link LeaseEvent.Renewed}, {@link
   * LeaseEvent.Fenced} or {@link LeaseEvent.Failed}.
   *
   * @param number of this attempt; the store must take none that is not greater than the last, so
   *     that of two nodes under one incarnation the second is found out
   */
  record Renew(String incarnation, long number, long acked) implements LeaseEffect {}

  /** Read the changes after this one: {@link LeaseEvent.Read} or {@link LeaseEvent.Failed}. */
  record ReadAfter(long seq) implements LeaseEffect {}

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
   * Tell people that the store has lost changes that this node has seen; without an answer.
   *
   * @param applied the last change this node has seen
   * @param head the last one the store knows
   */
  record ReportLoss(long applied, long head) implements LeaseEffect {}
}
