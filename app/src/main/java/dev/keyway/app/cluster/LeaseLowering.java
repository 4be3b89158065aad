package dev.keyway.app.cluster;

import dev.keyway.core.lease.LeaseStore;
import dev.keyway.core.lease.LeaseStore.Life;
import dev.keyway.core.lease.LeaseTerms;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the time in which everybody waits for leases as long as they were before they were made
 * shorter: any node may find out that none of those is left.
 */
public final class LeaseLowering {
  private final LeaseStore store;
  private final LeaseTerms terms;
  private final LongSupplier clock;
  private @Nullable Life seen;
  private long since;

  LeaseLowering(LeaseStore store, LeaseTerms terms, LongSupplier clock) {
    this.store = store;
    this.terms = terms;
    this.clock = clock;
  }

  /** To be called now and then, by one thread. */
  public void look() {
    Life now = store.life();
    if (!now.equals(seen)) {
      seen = now;
      since = clock.getAsLong();
    }
    boolean isLowered = now.longestNanos() > now.ttlNanos();
    if (isLowered && clock.getAsLong() - since >= terms.waitFor(now.longestNanos())) {
      store.settle(now);
    }
  }
}
