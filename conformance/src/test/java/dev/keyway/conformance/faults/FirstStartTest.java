package dev.keyway.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.ServedKeyway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whenever a first start breaks off, the next one ends with a key that works in its file. */
@DisplayName("Contract: the first start")
final class FirstStartTest {
  private static final int CRASHES = Boolean.getBoolean("keyway.faults") ? 40 : 4;

  /** Longer than a first start takes on a busy machine. */
  private static final int LONGEST_MILLIS = 3_000;

  private final long seed = Long.getLong("keyway.seed", System.nanoTime());

  @Test
  void serve_fileOfAKeyThatWasNeverStored_isReplaced(@TempDir Path data) throws Exception {
    Folders.withProfile(data);
    Path file = data.resolve("operator-key");
    String stale = Unissued.key("kwo_");
    Files.writeString(file, stale + "\n");
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
      keyway.operator().get("/v1/operator-keys").expect(200);
      keyway.anonymous().bearer(stale).get("/v1/operator-keys").expect(401);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void serve_killedAtAnyMoment_nextStartHasAWorkingKey(@TempDir Path folder) {
    System.out.println("FirstStartTest: " + CRASHES + " crashes, -Dkeyway.seed=" + seed);
    var random = new Random(seed);
    for (int i = 0; i < CRASHES; i++) {
      Path data = Folders.withProfile(folder.resolve("data-" + i));
      try (Program program =
          Program.start(
              data, Map.of(), "serve", "--data", ".", "--port", "0", "--gateway-port", "0")) {
        // The moment is the input of this test, not a wait for something.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MILLIS)));
        program.kill();
      }
      try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of())) {
        keyway.operator().get("/v1/operator-keys").expect(200);
      }
      Door.hangUp();
    }
  }
}
