package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.cluster.History.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Nothing fails, but nothing is as it should be either; every answer is judged. */
@EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
final class HarshConditionsTest {
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final long SEED = Long.getLong("keyway.seed", new Random().nextLong());
  private static final Path FAKE_TIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime");

  @Test
  @DisplayName("ALL-3 a node whose clock jumps by an hour, to and fro")
  void clockOfTheWall_thatJumps_changesNothing() throws IOException {
    Path offset = Files.createTempFile("keyway-clock", "");
    Files.writeString(offset, "+0");
    Map<String, String> environment =
        Map.of(
            "LD_PRELOAD",
            fakeTime().toString(),
            "FAKETIME_TIMESTAMP_FILE",
            offset.toString(),
            "FAKETIME_CACHE_DURATION",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1");
    try (Fleet fleet = Fleet.startWithOneIn(environment, 3)) {
      judge(
          "clock",
          fleet,
          isOver -> {
            String[] offsets = {"+3600", "+0", "-3600", "+0"};
            for (int i = 0; !isOver.getAsBoolean(); i++) {
              write(offset, offsets[i % offsets.length]);
              sleep(Duration.ofSeconds(3));
            }
          });
    } finally {
      Files.delete(offset);
    }
  }

  @Test
  @DisplayName(
      "ALL-3 no core is free, and nodes stand still for moments, as a collection of garbage makes them")
  void nodes_thatHardlyRun_changeNothing() {
    try (Fleet fleet = Fleet.start(3)) {
      var random = new Random(SEED);
      judge(
          "busy",
          fleet,
          isOver -> {
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
              Thread.ofPlatform().daemon().start(() -> spin(isOver));
            }
            while (!isOver.getAsBoolean()) {
              Node node = fleet.node(random.nextInt(fleet.nodes().size()));
              node.pause();
              sleep(Duration.ofMillis(50 + random.nextInt(900)));
              node.resume();
              sleep(Duration.ofMillis(100));
            }
          });
    }
  }

  @Test
  @DisplayName(
      "ALL-3 leases become shorter and longer while nodes are exchanged one after the other")
  void leases_thatChangeUnderLoad_changeNothing() {
    try (Fleet fleet = Fleet.start(3)) {
      Duration[] leases = {Duration.ofSeconds(4), Duration.ofSeconds(1), Fleet.LEASE};
      judge(
          "leases",
          fleet,
          isOver -> {
            for (int i = 0; !isOver.getAsBoolean(); i++) {
              fleet.node(i % 3).startAgainWithLeases(leases[i / 3 % leases.length]);
            }
          });
    }
  }

  /** Something that goes on until it is told that it is over. */
  private interface Condition {
    void last(BooleanSupplier isOver);
  }

  private static void judge(String name, Fleet fleet, Condition condition) {
    var history = new History();
    Revokers revokers = Revokers.of(fleet, TIME, SEED);
    var over = new CompletableFuture<Void>();
    try (Traffic traffic = Traffic.at(fleet, history, SEED, Duration.ofMillis(1))) {
      var trouble =
          CompletableFuture.runAsync(
              () -> condition.last(over::isDone), Thread::startVirtualThread);
      revokers.run(traffic);
      over.complete(null);
      trouble.join();
    }
    Path kept = Path.of("target", "histories", name + "-" + SEED + ".tsv");
    history.write(kept);
    System.out.printf(
        "%s, seed %d: %d revocations, %d accepted, %d refused, %d unanswered%n",
        name,
        SEED,
        history.count(Said.REVOKED),
        history.count(Said.ACCEPTED),
        history.count(Said.REFUSED),
        history.count(Said.NOTHING));
    assertThat(history.violations()).as("seed %d, history in %s", SEED, kept).isEmpty();
    assertThat(history.count(Said.ACCEPTED)).isPositive();
    assertThat(history.count(Said.REFUSED)).isPositive();
  }

  private static void spin(BooleanSupplier isOver) {
    while (!isOver.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static Path fakeTime() {
    Path library = FAKE_TIME.resolve("libfaketimeMT.so.1");
    assertThat(library).as("Debian: apt-get install faketime").exists();
    return library;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
