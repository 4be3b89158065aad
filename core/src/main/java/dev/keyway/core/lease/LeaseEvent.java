package dev.keyway.core.lease;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import java.util.List;

/** What happens to a node's {@link NodeLease}; times are the node's own clock's. */
public sealed interface LeaseEvent {

  /** It is so late. To be told after every other event, and at {@link NodeLease#dueAt}. */
  record Due(long now) implements LeaseEvent {}

  /** There may be changes to read. */
  record Woken() implements LeaseEvent {}

  /**
   * The node is entered, with everything up to {@code head} behind it.
   *
   * @param sentAt when it was asked for, read before anything was sent
   * @param ttl for how long from then on
   */
  record Joined(String incarnation, long sentAt, Place head, long ttl) implements LeaseEvent {}

  /**
   * The lease is renewed, once everything up to {@code head} is applied.
   *
   * @param sentAt when it was asked for, read before anything was sent
   * @param ttl for how long from then on
   */
  record Renewed(long sentAt, long head, long ttl) implements LeaseEvent {}

  /** The renewal found the node shut out, or somebody else in its place. */
  record Fenced() implements LeaseEvent {}

  /** The store does not have the last change that is applied here: it has lost history. */
  record Diverged() implements LeaseEvent {}

  /** What the store had lost is made good as far as it is known. */
  record Recovered() implements LeaseEvent {}

  /** The last change that is applied and those after it, in their order, perhaps not all. */
  record Read(List<Change> changes, long now) implements LeaseEvent {
    public Read {
      changes = List.copyOf(changes);
    }
  }

  /** The changes that were to be applied are, and no exchange that they forbid goes on. */
  record Applied() implements LeaseEvent {}

  /** What was to be done could not be, or nobody knows whether it is. */
  record Failed(long now) implements LeaseEvent {}

  /** The node is to stop. */
  record Leaving() implements LeaseEvent {}
}
