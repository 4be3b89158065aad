package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.cluster.History.Said;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Three nodes that nothing happens to: how long a revocation takes while keys are used. */
@EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
final class QuietClusterTest {
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("keyway.seconds", 600));

  /** That the machine's cores are not what is measured. */
  private static final Duration PACE = Duration.ofMillis(5);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int IN_USE = 8;

  @Test
  @DisplayName("ALL-3 every revocation is confirmed by every node, and none is broken")
  void revocations_withoutFaults_areConfirmedByAll() throws InterruptedException {
    var history = new History();
    var millis = new ArrayList<Double>();
    try (Fleet fleet = Fleet.start(3);
        Traffic traffic = Traffic.at(fleet, history, 0, PACE)) {
      Deque<NewKey> used = new ArrayDeque<>();
      long end = System.nanoTime() + TIME.toNanos();
      for (int i = 0; System.nanoTime() < end; i++) {
        NewKey fresh = fleet.key();
        traffic.use(fresh);
        used.add(fresh);
        if (used.size() > IN_USE) {
          NewKey old = used.remove();
          millis.add(revoke(fleet, fleet.node(i % 3), old, history));
        }
        if (i > 2 * IN_USE) {
          traffic.dropOldest();
        }
        Thread.sleep(PAUSE);
      }
    }
    history.write(Path.of("target", "histories", "quiet-cluster.tsv"));
    millis.sort(null);
    System.out.printf(
        "%d revocations: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; %d accepted, %d refused, %d unanswered%n",
        millis.size(),
        at(millis, 50),
        at(millis, 99),
        millis.getLast(),
        history.count(Said.ACCEPTED),
        history.count(Said.REFUSED),
        history.count(Said.NOTHING));
    assertThat(history.violations()).isEmpty();
  }

  private static double revoke(Fleet fleet, Node node, NewKey key, History history) {
    long asked = System.nanoTime();
    Answer answer =
        node.keyway()
            .operator()
            .post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", "a test"))
            .expect(200);
    long answered = System.nanoTime();
    history.add(key.id(), new History.Event(Said.REVOKED, asked, answered, node.name()));
    assertThat(answer.text("revocation.nodes.confirmed"))
        .isEqualTo(String.valueOf(fleet.nodes().size()));
    return (answered - asked) / 1e6;
  }

  private static double at(List<Double> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
