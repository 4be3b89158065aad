package dev.keyway.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.EnvoyDoor;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ALL-5 from outside: a server of our own whose store is destroyed under it while it runs. */
final class OutageConformanceTest {

  /** Where SQLite's locks for readers lie in the index of its journal (wal.c, WAL_READ_LOCK). */
  private static final long FIRST_READ_LOCK = 123;

  private static final long READ_LOCKS = 5;
  private static final Duration OUTAGE = Duration.ofSeconds(40);

  @Test
  @DisplayName("ALL-5 a key that cannot be looked up is answered 503, never 401 and never 200")
  void key_whenTheStoreIsDestroyed_cannotBeVerified() throws IOException {
    String profile = Resource.text("suite/suite.yaml");
    try (ServedKeyway keyway = ServedKeyway.start(Map.of("suite.yaml", profile), Map.of())) {
      Door door = keyway.door();
      String unknown = KeyForm.neverIssued("sui_");
      door.initialize("/suite/legacy?apikey=" + unknown).problem(401, "invalid_key");
      String operator = Files.readString(keyway.data().resolve("operator-key")).strip();
      destroyStore(keyway.data());
      Answer refused =
          door.initialize("/suite/legacy?apikey=" + otherUnknown()).problem(503, "cannot_verify");
      assertThat(Integer.parseInt(refused.header("retry-after").orElseThrow())).isPositive();
      try (EnvoyDoor envoy = keyway.envoy()) {
        Answer there =
            envoy
                .call("POST", "/suite/legacy?apikey=" + otherUnknown())
                .problem(503, "cannot_verify");
        assertThat(there.header("retry-after")).isEqualTo(refused.header("retry-after"));
      }
      Answer management = keyway.anonymous().bearer(operator).get("/v1/keys?product=suite");
      assertThat(management.status()).isEqualTo(503);
    }
  }

  @Test
  @DisplayName("ALL-5 while the store does not answer, health is red and keys in memory go on")
  void health_whileTheStoreIsSilent_isRedAndGreenAfterwards() throws IOException {
    try (WireUpstream upstream = WireUpstream.start()) {
      upstream.otherwise((_, wire) -> wire.respond(200, "text/plain", "ok"));
      String profile =
          Resource.text("flood/flood.yaml")
              .replace("http://upstream.invalid", upstream.address().toString());
      try (ServedKeyway keyway = ServedKeyway.start(Map.of("flood.yaml", profile), Map.of())) {
        Tenants tenants = keyway.tenants();
        NewKey held = tenants.key("flood", tenants.account("flood"));
        keyway.door().getAs(held, "/flood/t").expect(200);
        keyway.anonymous().get("/health").expect(200);
        try (FileChannel index =
                FileChannel.open(keyway.data().resolve("keyway.db-shm"), READ, WRITE);
            FileLock _ = lockReadersOut(index)) {
          Eventually.holds("red", OUTAGE, () -> isRed(keyway));
          keyway.door().getAs(held, "/flood/t").expect(200);
          keyway.anonymous().get("/health/live").expect(200);
          keyway
              .program()
              .await(
                  "a word of the outage",
                  () -> keyway.output().contains("the store does not answer"));
        }
        Eventually.holds("green", OUTAGE, () -> !isRed(keyway));
        assertThat(tenants.verifyCode(held.secret())).isEqualTo("valid");
        assertThat(tenants.verifyCode(tenants.key("flood", tenants.account("flood")).secret()))
            .isEqualTo("valid");
        keyway.program().await("a word of it", () -> keyway.output().contains("answers again"));
      }
    }
  }

  private static boolean isRed(ServedKeyway keyway) {
    Answer health = keyway.anonymous().get("/health");
    assertThat(health.status()).isIn(200, 503);
    boolean isRed = health.status() == 503;
    assertThat(health.text("store")).isEqualTo(isRed ? "unavailable" : "ok");
    assertThat(health.json().at("/live").asBoolean()).isTrue();
    return isRed;
  }

  /** Takes all locks of SQLite's that a reader needs one of, as soon as none is held. */
  private static FileLock lockReadersOut(FileChannel index) {
    var taken = new AtomicReference<FileLock>();
    Eventually.holds(
        "no reader at this moment",
        OUTAGE,
        () -> {
          try {
            taken.set(index.tryLock(FIRST_READ_LOCK, READ_LOCKS, false));
            return taken.get() != null;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return taken.get();
  }

  private static String otherUnknown() {
    String body = "sui_" + "1".repeat(12) + "8".repeat(43);
    return body + KeyForm.check(body);
  }

  /** Overwrites the database, its log and its index in place, as a failing disk might. */
  private static void destroyStore(Path data) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(data)) {
      files =
          all.filter(Files::isRegularFile).filter(OutageConformanceTest::isOfADatabase).toList();
    }
    assertThat(files).as("the files of the store in %s", data).isNotEmpty();
    for (Path file : files) {
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        byte[] garbage = new byte[(int) open.length()];
        Arrays.fill(garbage, (byte) 0x5a);
        open.write(garbage);
      }
    }
  }

  private static boolean isOfADatabase(Path file) {
    String name = file.getFileName().toString();
    return Optional.of(name.replaceAll("-(wal|shm)$", ""))
        .map(file::resolveSibling)
        .filter(Files::exists)
        .filter(OutageConformanceTest::isSqlite)
        .isPresent();
  }

  private static boolean isSqlite(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(15), US_ASCII).equals("SQLite format 3");
    } catch (IOException e) {
      return false;
    }
  }
}
