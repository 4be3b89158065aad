package dev.keyway.core.lease;

import dev.keyway.core.lease.ConfirmationEffect.Ask;
import dev.keyway.core.lease.ConfirmationEffect.Confirmed;
import dev.keyway.core.lease.ConfirmationEffect.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The other side of lease-and-confirm, as a value: when a committed change holds on every node, and
 * which nodes nobody has to wait for any more. Like {@link NodeLease} it does nothing by itself.
 *
 * <p>A change holds once each node that was entered when it was committed has said that it has
 * applied it, and at the latest when all leases that were asked for before the commit are over. A
 * node that joins later has read it.
 *
 * <p>A node is shut out only by its own silence: when its row has stood still for as long as any
 * lease can last, and still does when the store writes that. That somebody has waited for long
 * proves nothing about it.
 *
 * @param waiting the changes that somebody waits for
 * @param seen the nodes as they were last seen, and since when
 * @param isAsking whether an answer is on its way
 * @param askAt when to ask next
 */
public record Confirmations(
    List<Waiting> waiting, Map<String, Seen> seen, boolean isAsking, long askAt) {

  /** The pause between two questions grows with the wait: it is this part of it. */
  private static final int PART = 4;

  public Confirmations {
    waiting = List.copyOf(waiting);
    seen = Map.copyOf(seen);
  }

  /** A change, and a time when it was committed already. */
  public record Waiting(long seq, long since) {}

  /** A node, and since when it has looked like that. */
  public record Seen(NodeRow row, long since) {}

  /** What is waited for after something has happened, and what to do now. */
  public record Step(Confirmations confirmations, List<ConfirmationEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /** Nothing is waited for, and nobody known. */
  public static Confirmations start() {
    return new Confirmations(List.of(), Map.of(), false, 0);
  }

  /** When {@link ConfirmationEvent.Due} has to be told at the latest. */
  public long dueAt() {
    return isAsking ? Long.MAX_VALUE : askAt;
  }

  /** Goes on. */
  public Step step(ConfirmationEvent event, LeaseTerms terms) {
    return switch (event) {
      case ConfirmationEvent.Due due -> due(due.now());
      case ConfirmationEvent.Committed committed -> committed(committed);
      case ConfirmationEvent.Rows rows -> rows(rows, terms);
      case ConfirmationEvent.Failed failed ->
          step(new Confirmations(waiting, seen, false, failed.now() + terms.retry()));
    };
  }

  private Step due(long now) {
    return isAsking || now < askAt
        ? step(this)
        : step(new Confirmations(waiting, seen, true, askAt), new Ask());
  }

  private Step committed(ConfirmationEvent.Committed event) {
    List<Waiting> more = new ArrayList<>(waiting);
    more.add(new Waiting(event.seq(), event.now()));
    return step(new Confirmations(more, seen, isAsking, event.now()));
  }

  private Step rows(ConfirmationEvent.Rows event, LeaseTerms terms) {
    long patience = terms.waitFor(event.ttl());
    var effects = new ArrayList<ConfirmationEffect>();
    Map<String, Seen> looked = look(event);
    for (Seen one : looked.values()) {
      if (event.now() - one.since() >= patience) {
        effects.add(new Fence(one.row()));
      }
    }
    var left = new ArrayList<Waiting>();
    for (Waiting one : waiting) {
      // What was asked before the commit, or of who has not got it, says nothing about it.
      boolean isOld = event.askedAt() <= one.since() || event.head() < one.seq();
      long acked = event.rows().stream().filter(row -> row.acked() >= one.seq()).count();
      boolean isDone = acked == event.rows().size() || event.now() - one.since() >= patience;
      if (isOld || !isDone) {
        left.add(one);
      } else {
        effects.add(new Confirmed(one.seq(), (int) acked, event.rows().size()));
      }
    }
    long askAt =
        left.isEmpty() ? event.now() + terms.renewalAfter(event.ttl()) : again(event, left, terms);
    return new Step(new Confirmations(left, looked, false, askAt), effects);
  }

  /**
   * Most nodes answer soon; for one that does not, nobody has to be asked often. The end of the
   * wait is not missed.
   */
  private static long again(ConfirmationEvent.Rows event, List<Waiting> left, LeaseTerms terms) {
    long latest = left.stream().mapToLong(Waiting::since).max().orElseThrow();
    long pause =
        Math.clamp(
            (event.now() - latest) / PART,
            terms.patience(),
            Math.max(terms.poll(), terms.patience()));
    long earliest = left.stream().mapToLong(Waiting::since).min().orElseThrow();
    long end = earliest + terms.waitFor(event.ttl());
    long askAt = event.now() + pause;
    return event.now() < end ? Math.min(askAt, end) : askAt;
  }

  /** A row that has changed is seen as it is since now, whatever it was before. */
  private Map<String, Seen> look(ConfirmationEvent.Rows event) {
    var looked = new TreeMap<String, Seen>();
    for (NodeRow row : event.rows()) {
      Seen before = seen.get(row.id());
      if (before != null && before.row().number() == row.number()) {
        looked.put(row.id(), new Seen(row, before.since()));
      } else {
        looked.put(row.id(), new Seen(row, event.now()));
      }
    }
    return looked;
  }

  private static Step step(Confirmations next, ConfirmationEffect... effects) {
    return new Step(next, List.of(effects));
  }
}
