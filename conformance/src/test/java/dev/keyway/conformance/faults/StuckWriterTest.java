package dev.keyway.conformance.faults;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Revoking while nothing can be written: another program holds the database's write lock. */
final class StuckWriterTest {
  /** Where SQLite's lock for the one writer lies in the index of its journal (wal.c). */
  private static final long WRITE_LOCK = 120;

  /** The contract's 5 s, and what a busy machine takes to bring the answer here. */
  private static final Duration BOUND = Duration.ofSeconds(5 + 3);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  @DisplayName("ALL-3 a revocation that is stuck is unconfirmed within 5 s, and holds once written")
  void revoke_writerStuck_isUnconfirmedInTimeAndHoldsLater() throws IOException {
    String profile = Resource.text("flood/flood.yaml");
    try (ServedKeyway keyway = ServedKeyway.start(Map.of("flood.yaml", profile), Map.of())) {
      Tenants tenants = keyway.tenants();
      String account = tenants.account("flood");
      NewKey first = tenants.key("flood", account);
      NewKey second = tenants.key("flood", account);
      try (FileChannel index =
              FileChannel.open(keyway.data().resolve("keyway.db-shm"), READ, WRITE);
          FileLock _ = lockWriterOut(index)) {
        assertUnconfirmed(() -> revoke(keyway.operator(), first));
        assertUnconfirmed(() -> revoke(keyway.operator(), second));
        assertThat(tenants.verifyCode(second.secret())).isEqualTo("valid");
      }
      for (NewKey key : List.of(first, second)) {
        // The writer tries for 5 s itself, so each may be given up by now or be written late.
        Eventually.holds(
            "unchanged, or revoked in effect", PATIENCE, () -> isSettled(keyway.operator(), key));
        Eventually.holds(
            "repeated", PATIENCE, () -> revoke(keyway.operator(), key).status() == 200);
        assertThat(tenants.verifyCode(key.secret())).isEqualTo("revoked");
      }
    }
  }

  @Test
  @DisplayName("ALL-3 a stuck revocation under an Idempotency-Key ends with 200 when repeated")
  void revoke_writerStuckAndRepeated_isConfirmed() throws IOException {
    String profile = Resource.text("flood/flood.yaml");
    try (ServedKeyway keyway = ServedKeyway.start(Map.of("flood.yaml", profile), Map.of())) {
      Tenants tenants = keyway.tenants();
      NewKey key = tenants.key("flood", tenants.account("flood"));
      Api repeatable = keyway.operator().with("Idempotency-Key", "stuck-1");
      try (FileChannel index =
              FileChannel.open(keyway.data().resolve("keyway.db-shm"), READ, WRITE);
          FileLock _ = lockWriterOut(index)) {
        // The key of the call cannot be taken, so nothing is begun and nothing may be committed.
        revoke(repeatable, key).problem(503, "unavailable");
      }
      Eventually.holds("repeated", PATIENCE, () -> revoke(repeatable, key).status() == 200);
      assertThat(tenants.verifyCode(key.secret())).isEqualTo("revoked");
      revoke(repeatable, key).expect(200);
    }
  }

  private static void assertUnconfirmed(Supplier<Answer> call) {
    long begun = System.nanoTime();
    Answer answer = call.get().problem(503, "revocation_unconfirmed");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
    assertThat(Integer.parseInt(answer.header("retry-after").orElseThrow())).isPositive();
  }

  /** What is written takes effect by itself, though its caller has gone. */
  private static boolean isSettled(Api api, NewKey key) {
    JsonNode row = api.get("/v1/keys/" + key.id()).expect(200).json();
    return row.at("/status").asText().equals("active")
        || !row.at("/revocation/effective_at").asText("").isEmpty();
  }

  private static Answer revoke(Api api, NewKey key) {
    return api.post("/v1/keys/" + key.id() + "/revoke");
  }

  private static FileLock lockWriterOut(FileChannel index) {
    var taken = new AtomicReference<FileLock>();
    Eventually.holds(
        "no writer at this moment",
        PATIENCE,
        () -> {
          try {
            taken.set(index.tryLock(WRITE_LOCK, 1, false));
            return taken.get() != null;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return taken.get();
  }
}
