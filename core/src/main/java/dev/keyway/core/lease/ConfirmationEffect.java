package dev.keyway.core.lease;

/** What is to be done for {@link Confirmations}. */
public sealed interface ConfirmationEffect {

  /**
   * Ask the store for the nodes: {@link ConfirmationEvent.Rows} or {@link
   * ConfirmationEvent.Failed}.
   */
  record Ask() implements ConfirmationEffect {}

  /**
   * Shut out a node that has been silent, if it still is as {@code seen}; without an answer. The
   * store must compare and write in one step.
   */
  record Fence(NodeRow seen) implements ConfirmationEffect {}

  /**
   * The change holds on every node.
   *
   * @param confirmed how many nodes have said so; the leases of the others are over
   * @param total how many there are
   */
  record Confirmed(long seq, int confirmed, int total) implements ConfirmationEffect {}
}
