package dev.keyway.app.assembly;

import dev.keyway.app.assembly.Assembly.Parts;
import dev.keyway.app.cluster.Cluster;
import dev.keyway.app.history.TombstoneJournal;
import dev.keyway.app.metrics.NodeGauges;
import dev.keyway.core.limit.SharedLimiter;
import java.time.Duration;
import java.time.Instant;

/** Says which numbers of a node's parts are shown as metrics, under which names. */
final class NodeMetrics {
  private static final String EXPIRY = "keyway.tls.certificate.expiry.seconds";

  private NodeMetrics() {}

  static void register(Parts parts, NodeGauges gauges) {
    state(parts, gauges);
    traffic(parts, gauges);
    limits(parts.decisions().limits(), gauges);
    store(parts, gauges);
    cluster(parts, gauges);
    journal(parts, gauges);
    chores(parts, gauges);
    certificate("control", parts, gauges);
    certificate("gateway", parts, gauges);
    certificate("ext-authz", parts, gauges);
  }

  private static void state(Parts parts, NodeGauges gauges) {
    gauges
        .flag("keyway.ready", "1 while /health is green", parts.health()::isReady)
        .flag("keyway.draining", "1 once the node was told to stop", parts.draining())
        .gauge(
            "keyway.peppers",
            "Versions of the pepper that this node holds",
            () -> parts.config().peppers().versions().size())
        .gauge(
            "keyway.pepper.newest.version",
            "Version of the pepper under which new keys are made; 0 for none",
            () -> parts.config().peppers().versions().stream().mapToInt(v -> v).max().orElse(0));
  }

  private static void traffic(Parts parts, NodeGauges gauges) {
    var decisions = parts.decisions();
    gauges
        .gauge(
            "keyway.exchanges.open",
            "Admitted requests and streams of the gateway that have not ended",
            () -> decisions.exchanges().size())
        .gauge(
            "keyway.limit.windows",
            "Keys and limits with a window in memory",
            () -> decisions.limiter().size())
        .gauge(
            "keyway.passwords.waiting",
            "Passwords that wait to be hashed; beyond 16 sign-in answers 429",
            () -> parts.passwords().waiting());
  }

  private static void limits(NodeLimits limits, NodeGauges gauges) {
    gauges
        .counter(
            "keyway.limit.calls",
            "Calls of the store that nodes count limits in; 0 over SQLite",
            () -> limits.ofShared(SharedLimiter::calls))
        .counter(
            "keyway.limit.claims",
            "Limits that it was asked about",
            () -> limits.ofShared(SharedLimiter::claims))
        .counter(
            "keyway.limit.granted",
            "Requests that it let this node admit",
            () -> limits.ofShared(SharedLimiter::granted))
        .counter("keyway.limit.failures", "Calls of it that were not answered", limits::failures)
        .gauge(
            "keyway.limit.held",
            "Requests that this node may admit without asking it",
            () -> limits.ofShared(SharedLimiter::inHand))
        .flag("keyway.limit.lost", "1 while Redis does not answer", limits::isLost)
        .flag(
            "keyway.limit.sharing",
            "1 while this node admits its share of each limit, without Redis",
            limits::isSharing);
  }

  private static void store(Parts parts, NodeGauges gauges) {
    var keys = parts.store().keys();
    var database = parts.store().database();
    String queue = "keyway.store.waiting";
    String meaning =
        "Calls that wait for a thread of the store; a listener that has 1,000 under way answers 503 to more";
    gauges
        .flag("keyway.store.up", "1 while the store answers", parts.storeWatch()::isAnswering)
        .gauge(queue, meaning, "kind", "read", database::waitingReads)
        .gauge(queue, meaning, "kind", "write", database::waitingWrites)
        .gauge("keyway.cache.keys", "Keys in memory, about", keys::cachedKeys)
        .counter(
            "keyway.cache.hits", "Decisions whose key was in memory and current", keys::cacheHits)
        .counter(
            "keyway.cache.misses", "Look-ups of a key that was not in memory", keys::cacheMisses)
        .gauge(
            "keyway.change.head",
            "Number of the latest change of rights that this node applied",
            () -> parts.store().slots().applied())
        .gauge(
            "keyway.usage.waiting",
            "Counts of requests and refusals not yet written down",
            () -> parts.decisions().usage().waiting());
  }

  private static void cluster(Parts parts, NodeGauges gauges) {
    Cluster cluster = parts.decisions().cluster();
    gauges
        .flag(
            "keyway.lease.held",
            "1 while this node may decide from memory",
            () -> cluster.state().isHeld())
        .gauge(
            "keyway.lease.remaining.seconds",
            "For how long this node goes on deciding without hearing from PostgreSQL; 0 over SQLite",
            () -> seconds(cluster.state().leaseLeft()))
        .gauge(
            "keyway.change.lag",
            "Changes of rights that are committed and not applied here, as far as is known",
            () -> cluster.state().lag())
        .gauge(
            "keyway.cluster.nodes",
            "Nodes that hold a lease or did until lately, this one included",
            () -> cluster.state().nodes())
        .gauge(
            "keyway.cluster.nodes.behind",
            "Nodes that have not said that they have applied what this node has",
            () -> cluster.state().behind());
  }

  private static void journal(Parts parts, NodeGauges gauges) {
    TombstoneJournal journal = parts.store().journal();
    gauges
        .flag(
            "keyway.tombstones.written",
            "0 while the journal of tombstones cannot be written, so that no revocation is confirmed",
            () -> journal == null || journal.state().isWritten())
        .counter(
            "keyway.tombstones.replayed",
            "Things that the store had forgotten to take and the journal has taken again",
            () -> journal == null ? 0 : journal.state().replayed());
  }

  private static void chores(Parts parts, NodeGauges gauges) {
    for (Chore chore : parts.housekeeping().chores()) {
      String label = chore.name().replace(' ', '_');
      gauges
          .gauge(
              "keyway.chore.age.seconds",
              "Time since a regular chore last went well",
              "chore",
              label,
              chore::ageSeconds)
          .counter(
              "keyway.chore.failures",
              "Times a regular chore failed",
              "chore",
              label,
              chore::failures);
    }
  }

  private static void certificate(String listener, Parts parts, NodeGauges gauges) {
    gauges
        .gauge(
            EXPIRY,
            "Time until the listener's certificate expires; NaN without TLS",
            "listener",
            listener,
            () ->
                parts.certificates().stream()
                    .filter(watch -> watch.listener().equals(listener))
                    .findFirst()
                    .map(watch -> seconds(Duration.between(Instant.now(), watch.notAfter())))
                    .orElse(Double.NaN))
        .gauge(
            "keyway.tls.reload.failing",
            "1 while the listener's certificate files cannot be used and the old certificate stays in use",
            "listener",
            listener,
            () ->
                parts.certificates().stream()
                        .anyMatch(watch -> watch.listener().equals(listener) && watch.isFailing())
                    ? 1
                    : 0)
        .counter(
            "keyway.tls.reload.failures",
            "New certificates that were refused, the old one staying in use",
            "listener",
            listener,
            () ->
                parts.certificates().stream()
                    .filter(watch -> watch.listener().equals(listener))
                    .mapToLong(CertificateWatch::failures)
                    .sum());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
