package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Units from a store that nodes share, and while that is gone a share of each limit: what it
 * allows, divided by the number of nodes.
 *
 * <p>The share begins only when all that the store can have granted has ceased to count. From when
 * a node has been silent for a while the store holds its share back, so others that still reach the
 * store do not have it too. One thread drives it.
 */
public final class SharingUnits implements UnitStore {
  /** How long the number of nodes may be wrong at any of them. */
  public static final Duration NODES_LAG = Duration.ofSeconds(10);

  private static final long PROBE_MILLIS = 1_000;

  private final SharedUnits store;
  private final Supplier<Membership> membership;
  private final LongSupplier millis;
  private final boolean isAtOnce;
  private final Events events;
  private final NodesSeen seen =
      new NodesSeen(2 * Period.Rolling.GREATEST.toMillis() + NODES_LAG.toMillis());
  private final UnitLedger ledger = new UnitLedger();
  private final LongAdder failures = new LongAdder();
  private String joinedAs = "";
  private long joinedAt;
  private long lostAt;
  private long probedAt;
  private int divisor = 1;
  private int sharedDivisor;
  private boolean isKnownThere;
  private volatile boolean isLost;
  private volatile boolean isSharing;

  /** What is told the node around it. */
  public interface Events {
    /** The store does not answer. */
    void lost(String why);

    /** This node counts its share from now on. */
    void shares(int divisor);

    /** The store answers again. */
    void found();
  }

  /**
   * Units from a store that was not asked yet.
   *
   * @param millis a clock that is never set
   * @param isAtOnce whether the share begins when the store is lost, although what the store has
   *     granted may still count: the named exception from exact limits
   */
  public SharingUnits(
      SharedUnits store,
      Supplier<Membership> membership,
      LongSupplier millis,
      boolean isAtOnce,
      Events events) {
    this.store = store;
    this.membership = membership;
    this.millis = millis;
    this.isAtOnce = isAtOnce;
    this.events = events;
    this.joinedAt = millis.getAsLong();
    this.lostAt = joinedAt;
    this.probedAt = joinedAt - PROBE_MILLIS;
  }

  @Override
  public List<Grant> claim(List<Claim> claims) {
    long now = millis.getAsLong();
    boolean isHeard =
        switch (membership.get()) {
          case Membership.Among(String name, int nodes) -> {
            join(name, now);
            seen.see(nodes, now);
            yield true;
          }
          case Membership.Unheard _ -> false;
          case Membership.Outside _ -> {
            joinedAs = "";
            yield false;
          }
        };
    if (joinedAs.isEmpty()) {
      // The store would take it for one of those that there are.
      return unknown(claims);
    }
    if (isLost && !isFound(now)) {
      return isHeard ? share(claims) : unknown(claims);
    }
    return ask(claims, isHeard, now);
  }

  private List<Grant> ask(List<Claim> claims, boolean isHeard, long now) {
    int told = seen.mostSince(now - NODES_LAG.toMillis());
    // Until it answers, nobody knows which of the numbers it holds back for: the least part will
    // do.
    divisor = Math.max(divisor, told);
    try {
      var standing =
          new SharedUnits.Standing(
              seen, now, isHeard ? slowed(now - joinedAt) : 0, told, sharedDivisor);
      List<Grant> grants = store.claim(standing, claims);
      divisor = told;
      found();
      return grants;
    } catch (UnavailableException e) {
      lost(e);
      return isHeard ? share(claims) : unknown(claims);
    }
  }

  /** How often the store did not answer. */
  public long failures() {
    return failures.sum();
  }

  /** Whether the store is gone. */
  public boolean isLost() {
    return isLost;
  }

  /** Whether this node counts its own share. */
  public boolean isSharing() {
    return isSharing;
  }

  @Override
  public void close() {
    try {
      if (sharedDivisor == 0) {
        store.leave();
      }
    } finally {
      store.close();
    }
  }

  private void join(String name, long now) {
    if (!name.equals(joinedAs)) {
      joinedAs = name;
      joinedAt = now;
      // The store may have begun a new memory meanwhile, and heard of all that there were.
      isKnownThere = false;
    }
  }

  private boolean isFound(long now) {
    if (now - probedAt < PROBE_MILLIS) {
      return false;
    }
    probedAt = now;
    boolean isFound = store.isReachable();
    if (!isFound) {
      failures.increment();
    }
    return isFound;
  }

  private void found() {
    isKnownThere = true;
    sharedDivisor = 0;
    if (isLost) {
      isLost = false;
      isSharing = false;
      ledger.clear();
      events.found();
    }
  }

  private void lost(UnavailableException e) {
    // What was sent just now may still be done.
    lostAt = millis.getAsLong();
    failures.increment();
    if (!isLost) {
      isLost = true;
      events.lost(String.valueOf(e.getMessage()));
    }
  }

  private static List<Grant> unknown(List<Claim> claims) {
    return claims.stream().map(_ -> Grant.unknown()).toList();
  }

  private List<Grant> share(List<Claim> claims) {
    long now = millis.getAsLong();
    divisor = Math.max(divisor, seen.mostSince(lostAt - NODES_LAG.toMillis()));
    List<Grant> grants = new ArrayList<>();
    for (Claim claim : claims) {
      grants.add(
          claim.period() instanceof Period.Rolling rolling && mayShare(rolling, now)
              ? shareOf(claim, rolling, now)
              : Grant.unknown());
    }
    ledger.forget(slowed(now));
    return grants;
  }

  private boolean mayShare(Period.Rolling period, long now) {
    long counted = period.window().toMillis() + UnitLife.millis(period);
    long silence = SharedUnits.SILENT_MILLIS + SharedUnits.LATEST_MILLIS;
    // This clock may run faster than the others.
    long wait = (counted + silence) * 11 / 10;
    // The store holds nothing back for a node that it has never heard of.
    return isAtOnce
        || (isKnownThere
            && now - lostAt >= wait
            && now - joinedAt >= wait + 2 * NODES_LAG.toMillis());
  }

  /** A window must not be shorter by this clock than by one that runs a tenth slower. */
  private static long slowed(long millis) {
    return millis * 10 / 11;
  }

  private Grant shareOf(Claim claim, Period.Rolling period, long now) {
    long allowed = claim.allowed() / divisor;
    if (allowed == 0 && claim.least() > 0) {
      return Grant.unknown();
    }
    if (!isSharing) {
      isSharing = true;
      events.shares(divisor);
    }
    if (sharedDivisor == 0) {
      // It only grows until the store is back.
      sharedDivisor = divisor;
    }
    return ledger.claim(claim.of(allowed), period, slowed(now), allowed);
  }
}
