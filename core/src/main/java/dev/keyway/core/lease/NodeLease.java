package dev.keyway.core.lease;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import dev.keyway.core.lease.LeaseEffect.Apply;
import dev.keyway.core.lease.LeaseEffect.Forget;
import dev.keyway.core.lease.LeaseEffect.Join;
import dev.keyway.core.lease.LeaseEffect.Leave;
import dev.keyway.core.lease.LeaseEffect.ReadFrom;
import dev.keyway.core.lease.LeaseEffect.Recover;
import dev.keyway.core.lease.LeaseEffect.Renew;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node's side of lease-and-confirm, as a value: what it knows, and what it does next when
 * something happens. It has no threads, no clock and no store; whoever drives it carries out its
 * effects one after another and tells it what came of them.
 *
 * <p>While {@code now < heldUntil}, every change that anybody was told holds is applied here. That
 * rests on three habits. A lease counts from before it was asked for. It is extended only when
 * everything the store knew at that time is applied, and what it forbids is silent. And the node
 * says that it has applied a change only when it has; until then nobody who made one goes on
 * without either that word or the end of this lease.
 *
 * <p>Whoever drives it must let a shorter lease be seen before the step's effects are begun, and a
 * longer one after they are done.
 *
 * @param incarnation under which the node is entered; null before it is
 * @param number of the last attempt to renew
 * @param applied the last change of an unbroken row of them that is applied
 * @param applying the last one that will be, when what is under way has ended
 * @param acked the last change that the store knows to be applied
 * @param heldUntil the node's own time at which the lease ends; 0 for none
 * @param isCut whether its end has been acted on
 * @param grant an extension that waits for changes to be applied
 * @param renewAt when to ask for it again
 * @param pollAt when to look for changes
 * @param restsUntil after a failure, until when nothing is tried
 */
public record NodeLease(
    Activity activity,
    @Nullable String incarnation,
    long number,
    Place applied,
    Place applying,
    long acked,
    long heldUntil,
    boolean isCut,
    @Nullable Grant grant,
    boolean isWoken,
    long renewAt,
    long pollAt,
    long restsUntil) {

  /** What is under way: one thing at a time. */
  public enum Activity {
    IDLE,
    JOINING,
    RENEWING,
    READING,
    APPLYING,
    /** The store has lost history, and that is being made good. */
    LOST,
    /** Stopped. */
    LEFT
  }

  /**
   * The right to a longer lease once so much is applied.
   *
   * @param head the change that the store was at
   * @param until the node's own time
   */
  public record Grant(long head, long until) {}

  /** A node's lease after something has happened, and what to do now. */
  public record Step(NodeLease lease, List<LeaseEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /** That of a node that has not joined and has seen nothing. */
  public static NodeLease start() {
    return new NodeLease(
        Activity.IDLE, null, 0, Place.START, Place.START, 0, 0, true, null, false, 0, 0, 0);
  }

  /** Whether memory may be believed at a time of the node's own clock. */
  public boolean isHeldAt(long now) {
    return now < heldUntil;
  }

  /** Whether the last attempt failed, and the next one is to come. */
  public boolean isResting() {
    return restsUntil > 0;
  }

  /** When {@link LeaseEvent.Due} has to be told at the latest. */
  public long dueAt() {
    long end = isCut ? Long.MAX_VALUE : heldUntil;
    if (activity != Activity.IDLE) {
      return end;
    }
    boolean isDue = incarnation == null || isWoken || applied.seq() > acked;
    long next = isDue ? 0 : Math.min(renewAt, pollAt);
    return Math.min(end, Math.max(next, restsUntil));
  }

  /**
   * Goes on.
   *
   * @throws IllegalStateException when the event answers nothing that was asked
   */
  public Step step(LeaseEvent event, LeaseTerms terms) {
    if (activity == Activity.LEFT) {
      return draft().step();
    }
    return switch (event) {
      case LeaseEvent.Due due -> due(due.now(), terms);
      case LeaseEvent.Woken _ -> woken();
      case LeaseEvent.Joined joined -> joined(joined, terms);
      case LeaseEvent.Renewed renewed -> renewed(renewed, terms);
      case LeaseEvent.Fenced _ -> fenced();
      case LeaseEvent.Diverged _ -> lost();
      case LeaseEvent.Recovered _ -> recovered();
      case LeaseEvent.Read read -> read(read, terms);
      case LeaseEvent.Applied _ -> silent();
      case LeaseEvent.Failed failed -> failed(failed.now(), terms);
      case LeaseEvent.Leaving _ -> leaving();
    };
  }

  private Step woken() {
    LeaseDraft draft = draft();
    draft.isWoken = true;
    return draft.step();
  }

  private Step due(long now, LeaseTerms terms) {
    LeaseDraft draft = draft();
    if (now >= heldUntil) {
      draft.cut();
    }
    if (activity == Activity.IDLE && now >= restsUntil) {
      begin(draft, now, terms);
    }
    return draft.step();
  }

  private void begin(LeaseDraft draft, long now, LeaseTerms terms) {
    if (incarnation == null) {
      draft.begin(Activity.JOINING, new Join(applied));
    } else if (applied.seq() > acked || now >= renewAt) {
      draft.number++;
      draft.begin(Activity.RENEWING, new Renew(incarnation, draft.number, applied));
    } else if (isWoken || now >= pollAt) {
      draft.isWoken = false;
      draft.pollAt = now + terms.poll();
      draft.begin(Activity.READING, new ReadFrom(applied.seq()));
    }
  }

  private Step joined(LeaseEvent.Joined event, LeaseTerms terms) {
    require(Activity.JOINING);
    LeaseDraft draft = draft();
    draft.effects.add(new Forget(event.head().seq()));
    draft.activity = Activity.IDLE;
    draft.incarnation = event.incarnation();
    draft.number = 0;
    draft.applied = event.head();
    draft.acked = event.head().seq();
    draft.restsUntil = 0;
    draft.renewAt = event.sentAt() + terms.renewalAfter(event.ttl());
    draft.hold(event.sentAt() + event.ttl());
    return draft.step();
  }

  private Step renewed(LeaseEvent.Renewed event, LeaseTerms terms) {
    require(Activity.RENEWING);
    LeaseDraft draft = draft();
    draft.acked = applied.seq();
    draft.restsUntil = 0;
    draft.renewAt = event.sentAt() + terms.renewalAfter(event.ttl());
    draft.grant = new Grant(event.head(), event.sentAt() + event.ttl());
    draft.goOn();
    return draft.step();
  }

  private Step fenced() {
    require(Activity.RENEWING);
    LeaseDraft draft = draft();
    draft.end(Activity.IDLE);
    draft.incarnation = null;
    return draft.step();
  }

  private Step read(LeaseEvent.Read event, LeaseTerms terms) {
    require(Activity.READING);
    if (!isContinued(event.changes())) {
      return lost();
    }
    List<Change> changes =
        event.changes().stream().filter(change -> change.seq() > applied.seq()).toList();
    LeaseDraft draft = draft();
    if (!changes.isEmpty()) {
      draft.applying = changes.getLast().place();
      draft.begin(Activity.APPLYING, new Apply(changes));
    } else if (grant == null) {
      draft.activity = Activity.IDLE;
    } else {
      // The store has told of a later change. While it does not show it, it extends no lease.
      return failed(event.now(), terms);
    }
    return draft.step();
  }

  /**
   * Whether what was read begins with the last change that is applied here, and has no gap. A
   * server that knows nothing of all that may be one that was deposed.
   */
  private boolean isContinued(List<Change> changes) {
    if (changes.isEmpty()) {
      return true;
    }
    boolean hasFirst = changes.getFirst().seq() == applied.seq();
    if ((hasFirst ? changes.getFirst().mark() : 0) != applied.mark()) {
      return false;
    }
    long first = hasFirst ? applied.seq() : applied.seq() + 1;
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).seq() != first + i) {
        return false;
      }
    }
    return true;
  }

  private Step silent() {
    require(Activity.APPLYING);
    LeaseDraft draft = draft();
    draft.applied = applying;
    draft.goOn();
    return draft.step();
  }

  private Step failed(long now, LeaseTerms terms) {
    LeaseDraft draft = draft();
    draft.activity = Activity.IDLE;
    draft.restsUntil = now + terms.retry();
    // What was read and not applied is read again.
    draft.isWoken = isWoken || activity == Activity.READING || activity == Activity.APPLYING;
    draft.grant = null;
    if (activity == Activity.LOST) {
      // The next join finds out again what is lost.
      draft.incarnation = null;
    }
    return draft.step();
  }

  private Step recovered() {
    require(Activity.LOST);
    LeaseDraft draft = draft();
    draft.activity = Activity.IDLE;
    draft.incarnation = null;
    draft.applied = Place.START;
    draft.restsUntil = 0;
    return draft.step();
  }

  private Step leaving() {
    LeaseDraft draft = draft();
    draft.end(Activity.LEFT);
    if (incarnation != null) {
      draft.effects.add(new Leave(incarnation));
    }
    return draft.step();
  }

  private Step lost() {
    LeaseDraft draft = draft();
    draft.end(Activity.LOST);
    draft.effects.add(new Recover(applied));
    return draft.step();
  }

  private LeaseDraft draft() {
    return new LeaseDraft(this);
  }

  private void require(Activity asked) {
    if (activity != asked) {
      throw new IllegalStateException("an answer to " + asked + " while " + activity);
    }
  }
}
