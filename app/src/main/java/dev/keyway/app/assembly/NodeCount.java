package dev.keyway.app.assembly;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.lease.LeaseStore;
import java.time.Duration;
import java.util.function.IntSupplier;

/** How many nodes may hold leases, as the database said a moment ago. For one thread. */
final class NodeCount implements IntSupplier {
  private static final long YOUNG_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long KNOWN_NANOS = Duration.ofSeconds(5).toNanos();

  private final LeaseStore leases;
  private int nodes;
  private long readAt = System.nanoTime() - KNOWN_NANOS;
  private long triedAt = readAt;

  NodeCount(LeaseStore leases) {
    this.leases = leases;
  }

  /** The number; 0 while the database does not say. */
  @Override
  public int getAsInt() {
    long now = System.nanoTime();
    if (now - triedAt >= YOUNG_NANOS) {
      triedAt = now;
      try {
        nodes = leases.nodes().rows().size();
        readAt = now;
      } catch (UnavailableException e) {
        // Without the database the lease ends soon, and with it all decisions.
      }
    }
    return now - readAt < KNOWN_NANOS ? nodes : 0;
  }
}
