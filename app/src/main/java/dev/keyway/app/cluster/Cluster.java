package dev.keyway.app.cluster;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Confirmation;
import dev.keyway.core.lease.Lease;
import dev.keyway.core.lease.LeaseTerms;
import dev.keyway.core.lease.LostHistory;
import dev.keyway.core.lease.SoleNodeLease;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.store.postgres.PostgresDatabase;
import dev.keyway.store.postgres.PostgresWakeUps;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a node needs to be one of several over a database, or to be the only one over its file. */
public final class Cluster implements AutoCloseable {
  /** Retry, poll, patience, drift in percent, margin: decision 0023 says why. */
  private static final LeaseTerms TERMS =
      new LeaseTerms(nanos(250), nanos(100), nanos(3), 10, nanos(50));

  private static final int INCARNATION_BYTES = 16;

  private final Lease lease;
  private final OpenExchanges exchanges;
  private final Confirmation confirmation;
  private final @Nullable Shared shared;

  /** What there is of a node among others. */
  private record Shared(
      ClusterNode node, PostgresDatabase database, LeaseLowering lowering, NewKeys newKeys)
      implements PostgresWakeUps.Listener {
    @Override
    public void changed() {
      node.wake();
    }

    @Override
    public void made(String keyId) {
      newKeys.add(keyId);
    }

    @Override
    public int others() {
      return node.state().nodes() - 1;
    }
  }

  private Cluster(
      Lease lease, OpenExchanges exchanges, Confirmation confirmation, @Nullable Shared shared) {
    this.lease = lease;
    this.exchanges = exchanges;
    this.confirmation = confirmation;
    this.shared = shared;
  }

  /** A node without others. */
  public static Cluster ofOne(ChangeSlots slots) {
    var lease = new SoleNodeLease();
    return new Cluster(lease, new OpenExchanges(slots, lease), Confirmation.OF_SOLE_NODE, null);
  }

  /**
   * A node beside others over one database; it has not joined them.
   *
   * @param history makes good what the database has lost
   * @param made told of each key that is made at any node; may block
   */
  public static Cluster over(
      PostgresDatabase database,
      ChangeLog log,
      LostHistory history,
      ChangeSlots slots,
      Consumer<ApiKeyId> made,
      SecureRandom random) {
    // A clock that starts anywhere: a lease of 0 is over at any of its times.
    long origin = System.nanoTime() - 1;
    LongSupplier clock = () -> System.nanoTime() - origin;
    var lease = new HeldLease(clock);
    var exchanges = new OpenExchanges(slots, lease);
    var node =
        new ClusterNode(
            database.leases(),
            database.wakeUps()::changed,
            log,
            history,
            slots,
            exchanges,
            () -> incarnation(random),
            TERMS,
            clock,
            lease);
    var lowering = new LeaseLowering(database.leases(), TERMS, clock);
    var newKeys = new NewKeys(made, database.wakeUps()::known);
    return new Cluster(lease, exchanges, node, new Shared(node, database, lowering, newKeys));
  }

  /** Whether this node may decide. */
  public Lease lease() {
    return lease;
  }

  /** What goes on under this lease. */
  public OpenExchanges exchanges() {
    return exchanges;
  }

  /** When a change holds on all nodes. */
  public Confirmation confirmation() {
    return confirmation;
  }

  /**
   * Joins the others and returns when this node may decide.
   *
   * @throws dev.keyway.core.UnavailableException when it may not in time
   */
  public void join(Duration patience) {
    if (shared != null) {
      shared.node().start();
      shared.newKeys().start();
      shared.database().wakeUps().listen(shared);
      shared.node().awaitHeld(patience);
    }
  }

  /** How this node and the others are, for people. */
  public ClusterState state() {
    return shared == null ? ClusterState.ALONE : shared.node().state();
  }

  /** The name under which this node is entered, another one each time; empty while it is not. */
  public String name() {
    return shared == null ? "" : shared.node().name();
  }

  /** What has to be looked after now and then: may block, and fail as the store does. */
  public void lookAfter() {
    if (shared != null) {
      shared.lowering().look();
    }
  }

  /** Decides nothing any more and leaves the others. */
  @Override
  public void close() {
    if (shared != null) {
      shared.newKeys().close();
      shared.node().close();
    }
  }

  private static String incarnation(SecureRandom random) {
    byte[] bytes = new byte[INCARNATION_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
