package dev.keyway.core.lease;

import dev.keyway.core.change.Place;
import java.util.List;

/**
 * Where the nodes of a cluster find each other: beside the changes, in the same database.
 *
 * <p>Every call throws {@link dev.keyway.core.UnavailableException} when the store does not answer;
 * what was asked may then be done all the same. An implementation:
 *
 * <ol>
 *   <li>must order a {@link #join} and each change of rights: a join that does not see a change
 *       must be seen by everybody who reads {@link #nodes} after that change was committed;
 *   <li>must enter and renew only a node whose last change it has, by number and mark, in the one
 *       step that also notes the node;
 *   <li>must renew only a node that is entered and not fenced, and only under a number greater than
 *       the last one, in the one step that also reads the head;
 *   <li>must fence a node only if its last number is still the one given, in one step;
 *   <li>must read all of {@link #nodes} in one snapshot; it may be older than the call only where
 *       its head is, too, so that whoever waits for a later change can tell;
 *   <li>must answer a join or a renewal only after a returned commit of it cannot be lost.
 * </ol>
 */
public interface LeaseStore {

  /**
   * What a node is given.
   *
   * @param head the latest change that is committed
   * @param ttlNanos how long a lease lasts
   */
  record Granted(long head, long ttlNanos) {}

  /** The outcome of a join. */
  sealed interface Entry {
    /**
     * The node is entered.
     *
     * @param mark of the change that is the head
     */
    record Entered(Granted granted, long mark) implements Entry {}

    /** The store has lost a change that the node has seen; the node is not entered. */
    record Diverged() implements Entry {}
  }

  /** The outcome of a renewal. */
  sealed interface Renewal {
    /** It is granted. */
    record Renewed(Granted granted) implements Renewal {}

    /** The node is fenced, gone, or renewed by another process. */
    record Refused() implements Renewal {}

    /** The store has lost a change that the node has applied; nothing is noted. */
    record Diverged() implements Renewal {}
  }

  /**
   * The nodes that may hold leases.
   *
   * @param head the latest change that is committed, as far as the server that was asked knows
   * @param ttlNanos how long any of these can last
   */
  record Nodes(List<NodeRow> rows, long head, long ttlNanos) {
    public Nodes {
      rows = List.copyOf(rows);
    }
  }

  /**
   * How long leases last.
   *
   * @param ttlNanos of one that is asked for now
   * @param longestNanos of any that was given before and may not be over
   * @param version of the two
   */
  record Life(long ttlNanos, long longestNanos, long version) {}

  /**
   * Enters a node that has nothing in memory.
   *
   * @param before names under which it asked for the same and was not answered; their rows go
   * @param applied the last change that it has seen
   */
  Entry join(String incarnation, List<String> before, Place applied);

  /** Asks for a lease, and says which changes are applied. */
  Renewal renew(String incarnation, long number, Place acked);

  Nodes nodes();

  /** Shuts out a node that still is as {@code seen}; it has to join again. */
  void fence(NodeRow seen);

  /** Takes a node out that has stopped deciding. */
  void leave(String incarnation);

  Life life();

  /** Lets leases that are asked for from now on last so long; those given before may be longer. */
  void useTtl(long ttlNanos);

  /** Says that no longer lease is left, if the life still is as {@code seen}. */
  void settle(Life seen);
}
