package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Redis;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Three real nodes and a real Redis under clients that want more than there is. */
final class SharedLimitsTest {
  private static final boolean IS_LONG = Boolean.getBoolean("keyway.faults");

  private static final Duration TIME = IS_LONG ? Duration.ofMinutes(1) : Duration.ofSeconds(3);

  /** After Redis forgot: until all nodes count as old there, and a window. */
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private static final long SEED = Long.getLong("keyway.seed", new Random().nextLong());

  @Test
  @DisplayName(
      "ALL-4 ALL-5 three nodes never admit more than q, also when Redis dies and comes back")
  void limits_ofThreeNodes_areExactOverTheLossOfRedis() throws InterruptedException {
    var admissions = new Admissions();
    try (var counting = Counting.inRedis(3)) {
      counting.awaitAdmissions(RECOVERY, admissions);
      try (var spenders = Spenders.at(counting.fleet(), counting.key(), admissions, SEED)) {
        Thread.sleep(TIME);
        int before = admissions.size();
        counting.redis().kill();
        counting.fleet().nodes().forEach(node -> isRefusedWithoutBlame(counting, node));
        counting.redis().startAgain();
        counting.fleet().nodes().forEach(SharedLimitsTest::findsRedis);
        Thread.sleep(Counting.WINDOW);
        if (IS_LONG) {
          counting.awaitAdmissions(RECOVERY, admissions);
        }
        print(before, spenders, admissions);
        // Exact is easy where nothing is admitted.
        assertThat(before).isGreaterThan(Counting.ALLOWED * windows(TIME) / 2);
        assertThat(spenders.count(429)).isPositive();
        assertThat(spenders.count(401) + spenders.count(500)).isZero();
      }
      isInOrder(counting.fleet().node(1));
    }
    assertThat(admissions.fullest(Counting.WINDOW))
        .as("seed %d", SEED)
        .isLessThanOrEqualTo(Counting.ALLOWED);
  }

  @Test
  @DisplayName("ALL-4 nodes without Redis count in the database, and admit no more than q together")
  void limits_countedInTheDatabase_areExact() throws InterruptedException {
    var admissions = new Admissions();
    try (var counting = Counting.inDatabase(2)) {
      try (var spenders = Spenders.at(counting.fleet(), counting.key(), admissions, SEED)) {
        Thread.sleep(TIME);
        print(admissions.size(), spenders, admissions);
        assertThat(spenders.count(429)).isPositive();
        assertThat(spenders.count(401) + spenders.count(500)).isZero();
      }
      assertThat(Counting.metric(counting.fleet().node(1), "keyway_limit_calls_total"))
          .isPositive();
    }
    assertThat(admissions.size()).isGreaterThan(Counting.ALLOWED * windows(TIME) / 2);
    assertThat(admissions.fullest(Counting.WINDOW))
        .as("seed %d", SEED)
        .isLessThanOrEqualTo(Counting.ALLOWED);
  }

  private static void print(int before, Spenders spenders, Admissions admissions) {
    System.out.printf(
        "seed %d: %d admitted before a fault, %d in all, %d refused, %d undecided, the fullest window"
            + " held %d of %d%n",
        SEED,
        before,
        admissions.size(),
        spenders.count(429),
        spenders.count(503),
        admissions.fullest(Counting.WINDOW),
        Counting.ALLOWED);
  }

  private static void findsRedis(Node node) {
    Eventually.holds(
        node.name() + " counts in Redis again",
        Duration.ofSeconds(10),
        () -> Counting.metric(node, "keyway_limit_lost") == 0);
  }

  private static void isInOrder(Node node) {
    String data = node.keyway().data().toString();
    CommandRun doctor = CommandRun.of(Map.of(), "doctor", "--data", data);
    assertThat(doctor.out()).contains("counts limits").contains("Redis answers in");
    assertThat(doctor.out() + doctor.err() + node.keyway().output())
        .contains("limits have lost Redis")
        .contains("Redis answers again")
        .doesNotContain(Redis.PASSWORD);
  }

  private static int windows(Duration time) {
    return (int) (time.toMillis() / Counting.WINDOW.toMillis());
  }

  private static void isRefusedWithoutBlame(Counting counting, Node node) {
    Eventually.holds(
        node.name() + " cannot tell",
        Duration.ofSeconds(5),
        () -> counting.limited(node).status() == 503);
    Answer answer = counting.limited(node).problem(503, "cannot_verify");
    assertThat(answer.header("retry-after")).isPresent();
    counting.unlimited(node).expect(200);
    assertThat(Counting.metric(node, "keyway_limit_lost")).isEqualTo(1);
  }
}
