package dev.keyway.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tlc2.TLC;

/**
 * TLC looks at every state of {@code docs/spec/Keyway.tla}: as it is meant nothing in it is late,
 * and with any known mistake something is.
 */
@EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
final class SpecificationTest {
  private static final Path FOLDER = Path.of("..", "docs", "spec").toAbsolutePath().normalize();

  /** What TLC says by its exit status. */
  private static final int ALL_HOLDS = 0;

  private static final int SOMETHING_DOES_NOT = 12;

  @TempDir Path scratch;

  @ParameterizedTest
  @MethodSource("sound")
  @DisplayName("ALL-3 in the specification a returned revocation holds")
  void sound_everyState_nothingIsLate(Path configuration) throws Exception {
    Checked checked = check(configuration);

    assertThat(checked.status()).as(checked.output()).isEqualTo(ALL_HOLDS);
    assertThat(checked.output()).contains("No error has been found");
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void knownMistake_someState_somethingIsLate(Path configuration) throws Exception {
    Checked checked = check(configuration);

    assertThat(checked.status()).as(checked.output()).isEqualTo(SOMETHING_DOES_NOT);
    assertThat(checked.output()).contains("Invariant NothingLate is violated");
  }

  static List<Path> sound() throws IOException {
    List<Path> configurations = new ArrayList<>(in("sound"));
    configurations.addAll(in("long"));
    return configurations;
  }

  static List<Path> wrong() throws IOException {
    return in("wrong");
  }

  private static List<Path> in(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      List<Path> found = files.sorted().toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }

  /** In a process of its own: TLC keeps what it knows in static fields. */
  private Checked check(Path configuration) throws IOException, InterruptedException {
    Path output = scratch.resolve("output.txt");
    Process tlc =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx3g",
                "-XX:+UseParallelGC",
                "-cp",
                jar().toString(),
                "tlc2.TLC",
                "-nowarning",
                "-workers",
                "2",
                "-metadir",
                scratch.resolve("states").toString(),
                "-config",
                configuration.toString(),
                "Keyway.tla")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(tlc.waitFor(1, TimeUnit.HOURS)).isTrue();
    } finally {
      tlc.destroyForcibly();
    }
    return new Checked(tlc.exitValue(), Files.readString(output));
  }

  private static Path jar() {
    try {
      return Path.of(TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Checked(int status, String output) {}
}
