package dev.keyway.core.change;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.verify.OpenExchanges;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way by which a committed change of rights takes effect: apply it to this node's memory,
 * cut the open exchanges it touches, and only then say so (ALL-3).
 *
 * <p>Every narrowing call ends here: revoke, bulk revoke, earlier expiry, member removal, plan
 * change, suspension, deletion. Widening goes the same way and cuts nothing.
 */
public final class Narrowing {
  private static final int THIS_NODE = 1;

  private final ChangeSlots slots;
  private final OpenExchanges exchanges;
  private final ChangeLog log;
  private final InstantSource clock;
  private final Duration patience;
  private final NarrowingObserver observer;

  /**
   * The mechanism of one node.
   *
   * @param patience how long to wait for open exchanges to be cut before saying that the change is
   *     not confirmed
   * @param observer told how each confirmation goes
   */
  public Narrowing(
      ChangeSlots slots,
      OpenExchanges exchanges,
      ChangeLog log,
      InstantSource clock,
      Duration patience,
      NarrowingObserver observer) {
    this.slots = slots;
    this.exchanges = exchanges;
    this.log = log;
    this.clock = clock;
    this.patience = patience;
    this.observer = observer;
  }

  /**
   * Makes a committed change hold and returns when it does.
   *
   * @throws UnconfirmedException when it is committed and not yet known to hold
   */
  public Revocation confirm(Change change) {
    observer.began(change.seq());
    try {
      Revocation revocation = hold(change);
      observer.confirmed(change.seq());
      return revocation;
    } catch (UnconfirmedException e) {
      observer.unconfirmed(change.seq());
      throw e;
    }
  }

  private Revocation hold(Change change) {
    slots.apply(change);
    if (change.direction() == Change.Direction.NARROWS) {
      await(exchanges.cut(change), change);
    }
    Instant effectiveAt = change.effectiveAt();
    if (effectiveAt == null) {
      effectiveAt = clock.instant();
      note(change, effectiveAt);
    }
    return new Revocation(
        change.seq(),
        change.committedAt(),
        effectiveAt,
        change.keysAffected(),
        THIS_NODE,
        THIS_NODE);
  }

  private void note(Change change, Instant effectiveAt) {
    try {
      log.markEffective(change.seq(), effectiveAt);
    } catch (UnavailableException e) {
      throw new UnconfirmedException(change.seq(), e);
    }
  }

  private void await(CompletionStage<?> cut, Change change) {
    try {
      cut.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new UnconfirmedException(change.seq(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnconfirmedException(change.seq(), e);
    }
  }
}
