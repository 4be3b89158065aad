package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Postgres;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A primary and the standby that its commits wait for, either of which goes. */
final class FailoverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  @DisplayName(
      "ALL-3 after a fail-over no node accepts what was revoked, not even one that still asks the old primary")
  void revoke_afterAFailover_holdsAlsoWhereTheOldPrimaryIsAsked() {
    Postgres old = Postgres.start();
    Postgres promoted = old.standby();
    try (Fleet fleet = Fleet.over(old, 2)) {
      Node moved = fleet.node(0);
      Node left = fleet.node(1);
      NewKey before = fleet.key();
      NewKey after = fleet.key();
      for (NewKey key : new NewKey[] {before, after}) {
        fleet.nodes().forEach(node -> node.keyway().door().getAs(key, "/flood/t").expect(200));
      }
      assertThat(revoke(moved, before)).isEqualTo(200);

      // Both servers run now; the old one can complete no commit.
      promoted.promote();
      moved.toDatabase().leadTo(promoted.port());
      Eventually.holds("the key is revoked", PATIENCE, () -> revoke(moved, after) == 200);
      assertThat(left.status(after)).as("by the old primary").isNotEqualTo(200);
      assertThat(left.status(before)).isNotEqualTo(200);

      Eventually.holds("it says that it cannot tell", PATIENCE, () -> left.status(after) == 503);
      left.toDatabase().leadTo(promoted.port());
      Eventually.holds("it comes back", PATIENCE, () -> left.status(after) == 401);
      assertThat(left.status(before)).isEqualTo(401);
      assertThat(moved.status(before)).isEqualTo(401);
    } finally {
      promoted.crash();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
  @DisplayName(
      "ALL-5 the only standby gone: keys go on for a lease, then 503; it heals with the standby")
  void nodes_withoutTheirStandby_stopAtTheEndOfTheLease() {
    Postgres primary = Postgres.start();
    Postgres standby = primary.standby();
    try (Fleet fleet = Fleet.over(primary, 2)) {
      NewKey key = fleet.key();
      fleet.nodes().forEach(node -> node.keyway().door().getAs(key, "/flood/t").expect(200));

      standby.crash();
      for (Node node : fleet.nodes()) {
        Eventually.holds(
            "503 after the lease",
            PATIENCE,
            () -> {
              int status = node.status(key);
              assertThat(status).as("0: cut as the lease ended").isIn(200, 503, 0);
              return status == 503;
            });
      }
      standby.resume();

      for (Node node : fleet.nodes()) {
        Eventually.holds("it decides again", PATIENCE, () -> node.status(key) == 200);
      }
    } finally {
      standby.crash();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pg_cancel_backend", "pg_terminate_backend"})
  @EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
  @DisplayName(
      "ALL-3 a revocation whose wait for the standby is broken off is never called done, and done later")
  void revoke_whoseCommitIsBrokenOff_isNotAnsweredAsDone(String how) {
    Postgres primary = Postgres.start();
    Postgres standby = primary.standby();
    try (Fleet fleet = Fleet.over(primary, 1)) {
      Node node = fleet.node(0);
      NewKey key = fleet.key();
      node.keyway().door().getAs(key, "/flood/t").expect(200);
      standby.crash();

      var revoking = CompletableFuture.supplyAsync(() -> revoke(node, key));
      String brokenOff =
          "SELECT %s(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'".formatted(how);
      Eventually.holds(
          "an answer",
          PATIENCE,
          () -> {
            var _ = primary.execute(brokenOff);
            return revoking.isDone();
          });
      assertThat(revoking.join()).as("500 or 503, never done").isNotEqualTo(200).isNotEqualTo(401);

      standby.resume();
      Eventually.holds("it is done in the end", PATIENCE, () -> revoke(node, key) == 200);
      node.keyway().door().getAs(key, "/flood/t").expect(401);
    } finally {
      standby.crash();
    }
  }

  private static int revoke(Node node, NewKey key) {
    return node.keyway()
        .operator()
        .post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", "lost"))
        .status();
  }
}
