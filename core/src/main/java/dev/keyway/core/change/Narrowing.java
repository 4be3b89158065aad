package dev.keyway.core.change;

import dev.keyway.core.Deadline;
import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.verify.OpenExchanges;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way by which a committed change of rights takes effect: apply it to this node's memory,
 * cut the open exchanges it touches, and only then say so (ALL-3).
 *
 * <p>Every narrowing call ends here: revoke, bulk revoke, earlier expiry, member removal, plan
 * change, suspension, deletion. Widening goes the same way and cuts nothing.
 */
public final class Narrowing {
  private final ChangeSlots slots;
  private final OpenExchanges exchanges;
  private final Confirmation confirmation;
  private final ChangeLog log;

  /** Few calls take as long, and those are none the worse for a second confirmation. */
  private static final Duration LEFT_AFTER = Duration.ofSeconds(3);

  /** At once; the others are next. */
  private static final int MOST_LEFT = 200;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private final NarrowingObserver observer;

  /**
   * The mechanism of one node.
   *
   * @param nanoTime a clock that is never set, in nanoseconds
   * @param patience how long a call may take, and how long to wait for open exchanges to be cut,
   *     before saying that the change is not confirmed; waiting for other nodes comes on top
   * @param observer told how each confirmation goes
   */
  public Narrowing(
      ChangeSlots slots,
      OpenExchanges exchanges,
      Confirmation confirmation,
      ChangeLog log,
      InstantSource clock,
      LongSupplier nanoTime,
      Duration patience,
      NarrowingObserver observer) {
    this.slots = slots;
    this.exchanges = exchanges;
    this.confirmation = confirmation;
    this.log = log;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.patience = patience;
    this.observer = observer;
  }

  /**
   * Makes a narrowing call from its first look into the store to its answer, which comes in time
   * even if the store is stuck. What else the call waits for fails as it does at any time; only its
   * {@link #change} leaves unknown whether something is committed.
   */
  public <T extends @Nullable Object> T inTime(Supplier<T> call) {
    return Deadline.within(longest(), nanoTime, call);
  }

  /**
   * Makes a narrowing call's change. One that is committed after its caller has gone takes effect
   * by {@link #confirmWhatIsLeft}.
   *
   * @throws UnconfirmedException when it is not known whether the change is committed, or whether
   *     it holds
   */
  public <T extends @Nullable Object> T change(Supplier<T> step) {
    try {
      return step.get();
    } catch (OutcomeUnknownException e) {
      observer.unknown();
      throw new UnconfirmedException(e);
    }
  }

  /**
   * Makes a committed change hold and returns when it does.
   *
   * @throws UnconfirmedException when it is committed and not yet known to hold
   */
  public Revocation confirm(Change change) {
    return finish(begin(change));
  }

  /**
   * Confirms changes that were committed a while ago and are not known to hold: their callers may
   * have been told nothing, or that it is not known whether it was done. Younger ones are left to
   * the calls that made them, on whichever node. All of them take effect here before any is waited
   * for, so that one that cannot be confirmed holds up none.
   *
   * @throws UnconfirmedException when one of them still does not hold
   */
  public void confirmWhatIsLeft() {
    var begun = new ArrayList<Begun>();
    for (long seq : log.unconfirmed(clock.instant().minus(LEFT_AFTER), MOST_LEFT)) {
      log.find(seq).ifPresent(change -> begun.add(begin(change)));
    }
    UnconfirmedException first = null;
    for (Begun one : begun) {
      try {
        finish(one);
      } catch (UnconfirmedException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * A change that new requests see already.
   *
   * @param holds on whose word it does, when no exchange goes on that it forbids and no node
   *     decides without it; fails when our patience ends before
   */
  private record Begun(Change change, CompletableFuture<Confirmation.Nodes> holds) {}

  private Duration longest() {
    return patience.plus(confirmation.longest());
  }

  private Begun begin(Change change) {
    observer.began(change.seq());
    slots.apply(change);
    CompletableFuture<?> silent =
        change.direction() == Change.Direction.NARROWS
            ? exchanges.cut(change).toCompletableFuture()
            : CompletableFuture.completedFuture(null);
    long millis = Deadline.atMost(longest()).toMillis();
    CompletableFuture<Confirmation.Nodes> holds =
        silent
            .thenCombine(confirmation.of(change.seq()), (_, nodes) -> nodes)
            .orTimeout(millis, TimeUnit.MILLISECONDS);
    return new Begun(change, holds);
  }

  private Revocation finish(Begun begun) {
    Change change = begun.change();
    try {
      Confirmation.Nodes nodes = await(begun);
      Instant effectiveAt = change.effectiveAt();
      if (effectiveAt == null) {
        effectiveAt = note(change, notBefore(change.committedAt(), clock.instant()));
      }
      observer.confirmed(change.seq());
      return new Revocation(
          change.seq(),
          change.committedAt(),
          effectiveAt,
          change.keysAffected(),
          nodes.confirmed(),
          nodes.total());
    } catch (UnconfirmedException e) {
      observer.unconfirmed(change.seq());
      throw e;
    }
  }

  /** A clock that was set back must not let a change hold before it was made. */
  private static Instant notBefore(Instant first, Instant now) {
    return now.isBefore(first) ? first : now;
  }

  private Instant note(Change change, Instant effectiveAt) {
    try {
      return log.markEffective(change.place(), effectiveAt);
    } catch (UnavailableException e) {
      throw new UnconfirmedException(change.seq(), e);
    }
  }

  private static Confirmation.Nodes await(Begun begun) {
    try {
      return begun.holds().get();
    } catch (ExecutionException e) {
      throw new UnconfirmedException(begun.change().seq(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnconfirmedException(begun.change().seq(), e);
    }
  }
}
