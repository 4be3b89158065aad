package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A database that is set back under running nodes, as a fail-over to an asynchronous copy does. */
final class LostHistoryOnPostgresTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  @DisplayName("ALL-3 what a database has forgotten, running nodes take again before they decide")
  void database_setBackUnderRunningNodes_givesNothingBack() {
    Postgres postgres = Postgres.start();
    try (Fleet fleet = Fleet.over(postgres, 2)) {
      NewKey first = fleet.key();
      NewKey second = fleet.key();
      NewKey kept = fleet.key();
      Path copy = postgres.backUp();
      Eventually.holds("revoked", PATIENCE, () -> revoke(fleet.node(0), first) == 200);
      Eventually.holds("revoked", PATIENCE, () -> revoke(fleet.node(1), second) == 200);

      postgres.restore(copy);

      var operator = fleet.node(0).keyway().operator();
      Eventually.holds(
          "it is taken again",
          PATIENCE,
          () -> operator.get("/v1/audit").body().contains("history.replayed"));
      for (Node node : fleet.nodes()) {
        Eventually.holds("it decides again", PATIENCE, () -> node.status(kept) == 200);
        assertThat(node.status(first)).isEqualTo(401);
        assertThat(node.status(second)).isEqualTo(401);
      }
      Eventually.holds("revoked", PATIENCE, () -> revoke(fleet.node(1), kept) == 200);
      fleet.nodes().forEach(node -> assertThat(node.status(kept)).isEqualTo(401));
    } finally {
      postgres.crash();
    }
  }

  private static int revoke(Node node, NewKey key) {
    return node.keyway()
        .operator()
        .post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", "conformance"))
        .status();
  }
}
