package dev.keyway.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ALL-5 from outside: a server of our own whose store is destroyed under it while it runs. */
final class OutageConformanceTest {

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
      Answer management = keyway.anonymous().bearer(operator).get("/v1/keys?product=suite");
      assertThat(management.status()).isEqualTo(503);
    }
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
