package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Limits across the end of the program, in order and by {@code kill -9} (ALL-4). Nothing listens
 * where the upstream should be: 502 says that a request was admitted. {@code -Dkeyway.faults=true}:
 * many more crashes.
 */
final class LimitRestartConformanceTest {
  private static final int DATA = 100;
  private static final int MANAGEMENT = 30;
  private static final int MANY = 2_000;
  private static final int ROUNDS = Boolean.getBoolean("keyway.faults") ? 12 : 1;
  private static final int CRASHES = 2;
  private static final int WORKERS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final long seed = Long.getLong("keyway.seed", System.nanoTime());
  private final Random random = new Random(seed);
  @TempDir private Path folder;

  @Test
  @DisplayName(
      "ALL-4 MEMO-9 a restart leaves exactly the rest, and after a crash a tenth counts as used")
  void restartAndCrash_forgetNothing() throws IOException {
    Path data = newStore("store");
    NewKey key;
    try (ServedKeyway keyway = start(data)) {
      key = newKey(keyway);
      assertThat(admitted(keyway, key, 37)).isEqualTo(37);
      assertThat(managed(keyway, key, 12)).isEqualTo(12);
    }
    NewKey other;
    try (ServedKeyway keyway = start(data)) {
      assertThat(admitted(keyway, key, DATA)).isEqualTo(DATA - 37);
      assertThat(managed(keyway, key, MANAGEMENT)).isEqualTo(MANAGEMENT - 12);
      assertThat(keyway.output()).doesNotContain("did not stop in order");
      other = newKey(keyway);
      assertThat(admitted(keyway, other, 37)).isEqualTo(37);
      keyway.program().kill();
    }
    try (ServedKeyway keyway = start(data)) {
      assertThat(keyway.output()).contains("did not stop in order");
      assertThat(admitted(keyway, key, DATA)).isZero();
      assertThat(managed(keyway, key, MANAGEMENT)).isZero();
      assertThat(admitted(keyway, other, DATA)).isBetween(DATA - 37 - DATA / 10, DATA - 37);
    }
  }

  @Test
  @DisplayName("ALL-4 through crashes under load no more than q are admitted, nor much less")
  void crashesUnderLoad_neverExceedTheLimit() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      // Its own store: an earlier round's crashes would count for the whole hour.
      Path data = newStore("round-" + round);
      var heard = new AtomicInteger();
      NewKey key;
      try (ServedKeyway keyway = start(data)) {
        key = newKey(keyway);
      }
      for (int crash = 0; crash < CRASHES; crash++) {
        try (ServedKeyway keyway = start(data)) {
          crashUnderLoad(keyway, key, heard);
        }
      }
      try (ServedKeyway keyway = start(data)) {
        heard.addAndGet(rest(keyway, key));
      }
      // Each crash may cost a tenth, and what was admitted in the very moment was not heard.
      assertThat(heard.get())
          .as("seed %s, round %s", seed, round)
          .isLessThanOrEqualTo(MANY)
          .isGreaterThanOrEqualTo(MANY - CRASHES * MANY / 10 - CRASHES * WORKERS);
    }
  }

  /** Lets workers ask, and kills the program after a random number of answers. */
  private void crashUnderLoad(ServedKeyway keyway, NewKey key, AtomicInteger heard)
      throws InterruptedException {
    Door door = keyway.door();
    int enough = heard.get() + 1 + random.nextInt(MANY / 4);
    var ends = new ConcurrentLinkedQueue<String>();
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      for (int i = 0; i < WORKERS; i++) {
        workers.execute(() -> ends.add(askUntilItBreaks(door, key, heard)));
      }
      Eventually.holds(
          "requests admitted", PATIENCE, () -> heard.get() >= enough || ends.size() == WORKERS);
      assertThat(heard.get())
          .as("workers ended by %s; the program: %s", ends, keyway.output())
          .isGreaterThanOrEqualTo(enough);
      keyway.program().kill();
      workers.shutdown();
      assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Why it asks no more. */
  private static String askUntilItBreaks(Door door, NewKey key, AtomicInteger heard) {
    try {
      while (isAdmitted(door.getAs(key, "/limits/many"))) {
        heard.incrementAndGet();
      }
      return "a refusal";
    } catch (UncheckedIOException | AssertionError e) {
      return e.toString();
    }
  }

  /** Asks until refused. */
  private static int rest(ServedKeyway keyway, NewKey key) {
    Door door = keyway.door();
    int admitted = 0;
    while (isAdmitted(door.getAs(key, "/limits/many"))) {
      admitted++;
    }
    return admitted;
  }

  private static int admitted(ServedKeyway keyway, NewKey key, int attempts) {
    Door door = keyway.door();
    int admitted = 0;
    for (int i = 0; i < attempts; i++) {
      admitted += isAdmitted(door.getAs(key, "/limits/few")) ? 1 : 0;
    }
    return admitted;
  }

  private static boolean isAdmitted(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isIn(502, 429);
    return answer.status() == 502;
  }

  private static int managed(ServedKeyway keyway, NewKey key, int attempts) {
    Api self = keyway.anonymous().bearer(key.secret());
    int admitted = 0;
    for (int i = 0; i < attempts; i++) {
      int status = self.get("/v1/keys/" + key.id()).status();
      assertThat(status).isIn(200, 429);
      admitted += status == 200 ? 1 : 0;
    }
    return admitted;
  }

  private Path newStore(String name) throws IOException {
    Path data = folder.resolve(name);
    Path profiles = Files.createDirectories(data.resolve("profiles"));
    Files.writeString(profiles.resolve("limits.yaml"), Resource.text("limits/limits.yaml"));
    return data;
  }

  private static ServedKeyway start(Path data) {
    return ServedKeyway.start(data, "", Map.of());
  }

  private static NewKey newKey(ServedKeyway keyway) {
    Tenants tenants = keyway.tenants();
    return tenants.key("limits", tenants.account("limits"));
  }
}
