package dev.keyway.conformance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.TrainedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of linked classes that a build trains, as the launcher makes and uses it. */
final class TrainedStartTest {
  @TempDir Path folder;

  @Test
  void rehearsal_makesACacheThatStartsUse() throws IOException {
    Path cache = TrainedCache.file();
    assertThat(cache).isNotEmptyFile();

    assertServesFrom();
    assertIsLeftAsideInSilence(cache, "-XX:-UseCompactObjectHeaders");
    Path cut = folder.resolve("cut.aot");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cache), 1 << 20));
    assertIsLeftAsideInSilence(cut, "-Dwhole=false");
    assertIsLeftAsideInSilence(folder.resolve("none.aot"), "-Dthere=false");
  }

  /** The Java machine itself tells where each class came from. */
  private void assertServesFrom() throws IOException {
    Path data = folder.resolve("data");
    Path classes = folder.resolve("classes.log");
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/suite.yaml"), Resource.text("suite/suite.yaml"));
    // With this mode the Java machine ends when it cannot use the cache.
    String options = "-XX:AOTMode=on -Xlog:class+load:file=" + classes;
    try (ServedKeyway keyway = ServedKeyway.start(data, "", Map.of("JDK_JAVA_OPTIONS", options))) {
      String secret = keyway.tenants().key("suite", keyway.tenants().account("suite")).secret();
      assertThat(keyway.tenants().verifyCode(secret)).isEqualTo("valid");
    }
    assertThat(Files.readString(data.resolve("keyway.log"))).endsWith("stopped\n");
    List<String> ours =
        Files.readAllLines(classes).stream().filter(TrainedStartTest::isOurs).toList();
    List<String> read =
        ours.stream().filter(line -> !line.contains("shared objects file")).toList();
    assertThat(ours).hasSizeGreaterThan(300);
    assertThat(read).as("not in the cache").hasSizeLessThan(ours.size() / 20);
  }

  /** Of a class in a file; the Java machine decides about those that it makes up itself. */
  private static boolean isOurs(String line) {
    return line.contains(" dev.keyway.") && !line.contains("$$");
  }

  private static void assertIsLeftAsideInSilence(Path cache, String option) {
    List<String> options = new ArrayList<>();
    options.add("-XX:AOTCache=" + cache);
    options.add(option);
    CommandRun run = CommandRun.of(Map.of(), options, "--version");
    assertThat(run.status()).as(option).isZero();
    assertThat(run.out()).as(option).startsWith("keyway ").hasLineCount(1);
    assertThat(run.err()).as(option).isEmpty();
    options.add("-XX:AOTMode=on");
    assertThat(CommandRun.of(Map.of(), options, "--version").status()).as(option).isNotZero();
  }
}
