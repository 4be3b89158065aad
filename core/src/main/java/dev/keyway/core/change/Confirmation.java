package dev.keyway.core.change;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How it becomes known that a change holds on every node.
 *
 * <p>An implementation must complete only when no node decides on a state older than the change,
 * and no exchange that it forbids goes on anywhere; until then it completes not at all, or fails.
 */
public interface Confirmation {
  /** That of a node without others. */
  Confirmation OF_SOLE_NODE =
      new Confirmation() {
        @Override
        public CompletionStage<Nodes> of(long seq) {
          return CompletableFuture.completedFuture(new Nodes(1, 1));
        }

        @Override
        public Duration longest() {
          return Duration.ZERO;
        }
      };

  /**
   * Who a change was confirmed by.
   *
   * @param confirmed how many nodes have said that they have applied it; the others decide nothing
   * @param total how many there are
   */
  record Nodes(int confirmed, int total) {}

  /** Completes when a change holds that is committed and that this node has begun to apply. */
  CompletionStage<Nodes> of(long seq);

  /** For how long nodes that are silent can hold a change up. */
  Duration longest();
}
