package dev.keyway.core.lease;

import java.util.List;

/** What happens to a node's {@link Confirmations}; times are the node's own clock's. */
public sealed interface ConfirmationEvent {

  /** It is so late. To be told after every other event, and at {@link Confirmations#dueAt}. */
  record Due(long now) implements ConfirmationEvent {}

  /**
   * A change is committed, and somebody waits until it holds.
   *
   * @param now read after the store had said that it is committed
   */
  record Committed(long seq, long now) implements ConfirmationEvent {}

  /**
   * What the store knows of the nodes.
   *
   * @param head the latest change it knows; a server that was deposed and still answers does not
   *     know the later ones, nor the nodes that have joined since
   * @param askedAt read before anything was sent
   * @param ttl the longest lease that any node may hold
   * @param now read after the answer came
   */
  record Rows(List<NodeRow> rows, long head, long askedAt, long ttl, long now)
      implements ConfirmationEvent {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** The store has not answered. */
  record Failed(long now) implements ConfirmationEvent {}
}
