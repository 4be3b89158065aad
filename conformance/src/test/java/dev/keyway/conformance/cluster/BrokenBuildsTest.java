package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.NewKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Builds that break one rule of the protocol each: the same checks must find every one of them. */
@EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
final class BrokenBuildsTest {
  private static final String CLUSTER_NODE =
      "app/src/main/java/dev/keyway/app/cluster/ClusterNode.java";

  /** More than enough for what goes wrong at each revocation. */
  private static final int KEYS = 60;

  @TempDir Path classes;

  @Test
  @DisplayName("A build that says it has applied a change before it has is caught")
  void earlyAck_isCaught() {
    Path broken =
        patch(
            CLUSTER_NODE,
            "changes.forEach(slots::apply);",
            """
            Thread.startVirtualThread(() -> {
              java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
              changes.forEach(slots::apply);
            });
            """);

    assertThat(violations(broken)).isNotEmpty();
  }

  @Test
  @DisplayName("A build that believes memory without a look at the slots is caught")
  void missingSlotGuard_isCaught() {
    Path broken =
        patch(
            "core/src/main/java/dev/keyway/core/verify/VerifiableKey.java",
            "return slots.isLatest(asOf)",
            "return slots.applied() >= 0 || slots.isLatest(asOf)");

    assertThat(violations(broken)).isNotEmpty();
  }

  @Test
  @DisplayName("A build that lets streams run on after the lease is over is caught")
  void streamsThatRunOn_areCaught() {
    Path broken =
        Patch.compile(
            classes,
            List.of(
                new Patch.Change(
                    "core/src/main/java/dev/keyway/core/verify/OpenExchanges.java",
                    "return cut(_ -> true);",
                    "return java.util.concurrent.CompletableFuture.completedFuture(null);"),
                new Patch.Change(
                    "server/src/main/java/dev/keyway/server/gateway/ProxyExchange.java",
                    "|| !loop.exchanges().mayGoOn()",
                    "")));
    try (Fleet fleet = Fleet.startPatched(2, broken)) {
      assertThat(runsOn(fleet)).isTrue();
    }
    try (Fleet fleet = Fleet.start(2)) {
      assertThat(runsOn(fleet)).as("the build as it is").isFalse();
    }
  }

  /** Whether a piece passes that was sent after its key's revocation had been answered. */
  private static boolean runsOn(Fleet fleet) {
    Streams.offer(fleet.upstream());
    NewKey key = fleet.key();
    Node alone = fleet.node(1);
    try (Streams.Open stream = Streams.Open.at(alone, key);
        Traffic revoker = Traffic.at(fleet, new History(), 0)) {
      alone.toDatabase().hold();
      assertThat(revoker.revoke(fleet.node(0), key)).isEqualTo(200);
      long answered = System.nanoTime();
      long end = answered + Duration.ofSeconds(1).toNanos();
      while (stream.newestNanos() <= answered && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return stream.newestNanos() > answered;
    } finally {
      alone.toDatabase().heal();
    }
  }

  private Path patch(String source, String text, String instead) {
    return Patch.compile(classes, List.of(new Patch.Change(source, text, instead)));
  }

  private static List<String> violations(Path broken) {
    var history = new History();
    try (Fleet fleet = Fleet.startPatched(3, broken)) {
      var keys = new ArrayList<NewKey>();
      for (int i = 0; i < KEYS; i++) {
        keys.add(fleet.key());
      }
      try (Traffic traffic = Traffic.at(fleet, history, 0)) {
        for (int i = 0; i < KEYS && history.violations().isEmpty(); i++) {
          traffic.use(keys.get(i));
          if (i >= 3) {
            traffic.revoke(fleet.node(i % 3), keys.get(i - 3));
            traffic.drop(keys.get(Math.max(0, i - 6)));
          }
        }
      }
    }
    return history.violations();
  }
}
