package dev.keyway.app.assembly;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.lease.NodeRow;
import dev.keyway.core.limit.Membership;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Which nodes may hold leases, as the database said a moment ago. One thread reads it, any asks: a
 * database that is slow holds nobody up.
 */
final class NodeCount implements Supplier<Membership> {
  private static final long KNOWN_NANOS = Duration.ofSeconds(5).toNanos();

  private final Supplier<List<NodeRow>> nodes;
  private final Supplier<String> name;
  private final LongSupplier nanos;
  private volatile Reading last;

  /** What was said, and when it was asked for. */
  private record Reading(Membership membership, long askedAtNanos) {}

  /**
   * Nobody has read anything.
   *
   * @param nodes asks the database; throws {@link UnavailableException} when it does not answer
   * @param name under which this node is entered; empty while it is not
   * @param nanos a clock that is never set
   */
  NodeCount(Supplier<List<NodeRow>> nodes, Supplier<String> name, LongSupplier nanos) {
    this.nodes = nodes;
    this.name = name;
    this.nanos = nanos;
    this.last = new Reading(new Membership.Unheard(), nanos.getAsLong());
  }

  /** Asks the database; to be called every second or so. */
  void read() {
    long askedAt = nanos.getAsLong();
    String own = name.get();
    try {
      List<NodeRow> rows = nodes.get();
      boolean isOne = rows.stream().anyMatch(row -> row.id().equals(own));
      Membership read = isOne ? new Membership.Among(own, rows.size()) : new Membership.Outside();
      last = new Reading(read, askedAt);
    } catch (UnavailableException e) {
      // Without the database the lease ends soon, and with it all decisions.
    }
  }

  @Override
  public Membership get() {
    Reading read = last;
    return nanos.getAsLong() - read.askedAtNanos() < KNOWN_NANOS
        ? read.membership()
        : new Membership.Unheard();
  }
}
