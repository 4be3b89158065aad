package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Postgres;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

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

  private static int revoke(Node node, NewKey key) {
    return node.keyway()
        .operator()
        .post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", "lost"))
        .status();
  }
}
