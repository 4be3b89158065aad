package dev.keyway.app.history;

import dev.keyway.core.change.Confirmation;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Confirms a change only when this node's journal has it, too.
 *
 * @param confirmation says when all nodes have it
 */
public record JournaledConfirmation(Confirmation confirmation, TombstoneJournal journal)
    implements Confirmation {

  @Override
  public CompletionStage<Nodes> of(long seq) {
    return confirmation.of(seq).thenCombine(journal.kept(seq), (nodes, _) -> nodes);
  }

  @Override
  public Duration longest() {
    return confirmation.longest();
  }
}
