package dev.keyway.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of linked classes that a build trains, as the launcher makes and uses it. */
final class TrainedStartTest {
  @TempDir Path folder;

  @Test
  void rehearsal_makesACacheThatStartsUse() throws IOException {
    Path cache = folder.resolve("keyway.aot");
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    CommandRun training =
        CommandRun.of(
            Map.of(),
            List.of("-XX:AOTCacheOutput=" + cache, "-Djava.io.tmpdir=" + temporary),
            "rehearse");
    assertThat(training.status()).as(training.err()).isZero();
    assertThat(cache).isNotEmptyFile();
    assertThat(temporary).as("what the rehearsal leaves behind").isEmptyDirectory();

    String use = "-XX:AOTCache=" + cache;
    // With this mode the Java machine ends when it cannot use the cache.
    CommandRun strict = CommandRun.of(Map.of(), List.of(use, "-XX:AOTMode=on"), "--version");
    assertThat(strict.status()).as(strict.out() + strict.err()).isZero();
    CommandRun silent =
        CommandRun.of(
            Map.of(),
            List.of(use, "-Xlog:aot*=off", "-Xlog:cds*=off", "-XX:-UseCompactObjectHeaders"),
            "--version");
    assertThat(silent.status()).isZero();
    assertThat(silent.out()).startsWith("keyway ").hasLineCount(1);
    assertThat(silent.err()).isEmpty();

    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/suite.yaml"), Resource.text("suite/suite.yaml"));
    Map<String, String> options = Map.of("JDK_JAVA_OPTIONS", use + " -XX:AOTMode=on");
    try (ServedKeyway keyway = ServedKeyway.start(data, "", options)) {
      String secret = keyway.tenants().key("suite", keyway.tenants().account("suite")).secret();
      assertThat(keyway.tenants().verifyCode(secret)).isEqualTo("valid");
    }
    assertThat(Files.readString(data.resolve("keyway.log"))).endsWith("stopped\n");
  }
}
