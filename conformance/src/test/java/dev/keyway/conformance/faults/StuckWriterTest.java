package dev.keyway.conformance.faults;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

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

  private static final Duration BOUND = Duration.ofSeconds(5);
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
        // The writer tries for 5 s: it gives the first up, and is still at the second when that is
        // answered.
        assertUnconfirmed(() -> revoke(keyway.operator(), first));
        assertUnconfirmed(() -> revoke(keyway.operator(), second));
        assertThat(tenants.verifyCode(second.secret())).isEqualTo("valid");
      }
      Eventually.holds(
          "written late and refused",
          PATIENCE,
          () -> tenants.verifyCode(second.secret()).equals("revoked"));
      for (NewKey key : List.of(first, second)) {
        revoke(keyway.operator(), key).expect(200);
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
        assertUnconfirmed(() -> revoke(repeatable, key));
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
